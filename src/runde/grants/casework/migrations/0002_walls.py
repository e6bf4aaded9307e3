"""The walls: tenants fenced, and what is written stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_walls"),
        ("casework", "0001_initial"),
    ]

    operations = [
        FenceTable("casework_case", keys={"application_id": "applications_application"}),
        FenceTable("casework_check", keys={"case_id": "casework_case"}),
        FenceTable("casework_impartiality", keys={"case_id": "casework_case"}),
        FenceTable("casework_proposal"),
        FenceTable(
            "casework_decision",
            keys={
                "case_id": "casework_case",
                "replaces_id": "casework_decision",
                "proposal_id": "casework_proposal",
                "check_run_id": "casework_check",
            },
        ),
        FenceTable(
            "casework_proposalline",
            keys={
                "proposal_id": "casework_proposal",
                "case_id": "casework_case",
                "check_run_id": "casework_check",
                "replaces_id": "casework_decision",
            },
        ),
        FenceTable("casework_award", keys={"decision_id": "casework_decision"}),
        AppendOnly("casework_check"),
        AppendOnly("casework_impartiality"),
        AppendOnly("casework_proposal", except_columns=("state", "left_out")),
        AppendOnly("casework_proposalline", except_columns=("is_open",)),
        AppendOnly("casework_decision"),
        AppendOnly("casework_award"),
    ]
