"""The walls: tenants fenced, and what is written stays written, but for a second person's word once."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial")]

    operations = [
        FenceTable("budget_coding"),
        FenceTable("budget_restsettled"),
        AppendOnly("budget_coding"),
        AppendOnly("budget_restsettled", except_columns=("state", "decided_by", "decided_at")),
    ]
