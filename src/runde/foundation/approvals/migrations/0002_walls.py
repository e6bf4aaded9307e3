"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_initial"),
    ]

    operations = [
        FenceTable("approvals_approval"),
        AppendOnly("approvals_approval", except_columns=("outcome", "decided_by", "decided_at", "reason")),
    ]
