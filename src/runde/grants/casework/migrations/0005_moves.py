from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import runde.foundation.trust.fence
import runde.foundation.trust.ids


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0003_promises"),
        ("casework", "0004_decided"),
    ]

    operations = [
        migrations.AddField(
            model_name="check",
            name="with_register_now",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="CaseMove",
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
                (
                    "tenant_id",
                    models.UUIDField(default=runde.foundation.trust.fence.current_tenant, editable=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("reason", models.CharField(max_length=500)),
                ("moved_by", models.UUIDField()),
                ("moved_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="casework.case",
                    ),
                ),
                (
                    "check_run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="move",
                        to="casework.check",
                    ),
                ),
                (
                    "from_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schemes.schemeversion",
                    ),
                ),
                (
                    "to_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schemes.schemeversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "case", "number"), name="casework_move_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_version", models.F("to_version")), _negated=True),
                        name="casework_move_goes_somewhere",
                    ),
                ],
            },
        ),
    ]
