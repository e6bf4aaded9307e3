"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        FenceTable("ledger_account"),
        FenceTable("ledger_entry"),
        FenceTable("ledger_leg", keys={"entry_id": "ledger_entry", "account_id": "ledger_account"}),
        AppendOnly("ledger_account"),
        AppendOnly("ledger_entry"),
        AppendOnly("ledger_leg"),
    ]
