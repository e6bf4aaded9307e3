"""Notes and openness marks stay as they were written: a change of mind is a new one."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_filing")]

    operations = [
        FenceTable("casework_internalnote", keys={"case_id": "casework_case"}),
        FenceTable("casework_opennessmark", keys={"case_id": "casework_case"}),
        AppendOnly("casework_internalnote"),
        AppendOnly("casework_opennessmark"),
    ]
