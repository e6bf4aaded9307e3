"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        FenceTable("documents_document"),
        FenceTable("documents_version", keys={"document_id": "documents_document"}),
        AppendOnly("documents_document"),
        AppendOnly("documents_version"),
    ]
