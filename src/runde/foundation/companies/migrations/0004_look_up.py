from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("companies", "0003_unplaced")]

    operations: ClassVar = [
        migrations.AddField(model_name="import", name="is_look_up", field=models.BooleanField(default=False)),
        migrations.CreateModel(
            name="RegisterContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("down_since_at", models.DateTimeField(null=True)),
                ("quiet_until_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="companies_one_contact")
                ],
            },
        ),
    ]
