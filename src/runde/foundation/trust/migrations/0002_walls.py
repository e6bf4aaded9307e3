"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("trust", "0001_initial"),
    ]

    operations = [
        FenceTable("trust_scarcething"),
        FenceTable("trust_idempotencykey"),
        FenceTable("trust_counter"),
        AppendOnly("trust_idempotencykey"),
    ]
