"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("schemes", "0002_walls"),
    ]

    operations = [
        FenceTable("applications_application", keys={"call_id": "schemes_call"}),
    ]
