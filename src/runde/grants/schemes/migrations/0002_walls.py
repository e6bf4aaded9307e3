"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0002_walls"),
        ("schemes", "0001_initial"),
    ]

    operations = [
        FenceTable("schemes_scheme"),
        FenceTable(
            "schemes_schemeversion", keys={"scheme_id": "schemes_scheme", "form_id": "forms_formversion"}
        ),
        FenceTable("schemes_call", keys={"scheme_version_id": "schemes_schemeversion"}),
        FenceTable("schemes_fundingsource"),
        FenceTable(
            "schemes_callfunding", keys={"call_id": "schemes_call", "source_id": "schemes_fundingsource"}
        ),
        AppendOnly("schemes_schemeversion"),
    ]
