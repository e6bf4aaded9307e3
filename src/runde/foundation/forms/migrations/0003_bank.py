from django.db import migrations, models

import runde.foundation.trust.ids


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=runde.foundation.trust.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("tenant_id", models.UUIDField()),
                ("tenant_name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=60)),
                ("question", models.JSONField()),
                ("put_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "slug"), name="forms_bank_once")
                ],
            },
        ),
    ]
