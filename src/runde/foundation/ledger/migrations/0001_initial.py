from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import runde.foundation.trust.fence
import runde.foundation.trust.ids

KINDS = [
    ("giver", "Bevilget av giver"),
    ("available", "Ledig"),
    ("committed", "Bundet"),
    ("in_bank_file", "I bankfil"),
    ("paid", "Utbetalt"),
]
FLOORS = [("none", "Ingen"), ("account", "Kontoen"), ("subject", "Hver sak")]


def own_columns() -> list[tuple[str, models.Field[Any, Any]]]:
    """Id and tenant, as on every fenced table."""
    new_id, tenant = runde.foundation.trust.ids.new_id, runde.foundation.trust.fence.current_tenant
    return [
        ("id", models.UUIDField(default=new_id, editable=False, primary_key=True, serialize=False)),
        ("tenant_id", models.UUIDField(default=tenant, editable=False)),
    ]


def key_to(model: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="legs",
        to=model,
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                *own_columns(),
                ("source_id", models.UUIDField()),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("floor", models.CharField(choices=FLOORS, max_length=10)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant_id", "source_id", "kind"), name="ledger_account_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind="giver", floor="none")
                        | models.Q(kind="available", floor="account")
                        | models.Q(kind__in=["committed", "in_bank_file", "paid"], floor="subject"),
                        name="ledger_floor_fits_kind",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                *own_columns(),
                ("key", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("text", models.CharField(max_length=300)),
                ("leg_count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "key"), name="ledger_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(leg_count__gte=2), name="ledger_entry_has_legs"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Leg",
            fields=[
                *own_columns(),
                ("position", models.PositiveIntegerField()),
                ("subject_id", models.UUIDField(null=True)),
                ("amount_nok", models.DecimalField(decimal_places=2, max_digits=14)),
                ("account", key_to("ledger.account")),
                ("entry", key_to("ledger.entry")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "account", "subject_id"], name="ledger_leg_place")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_nok", 0), _negated=True), name="ledger_leg_not_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(position__gte=1), name="ledger_leg_position_from_one"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant_id", "entry", "position"), name="ledger_leg_once"
                    ),
                ],
            },
        ),
    ]
