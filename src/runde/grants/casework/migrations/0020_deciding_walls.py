"""The walls: tenants fenced; what a body decided is registered once, and a place on the reserve list is kept."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION casework_treatment_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.registered_at IS NOT NULL THEN
        RAISE EXCEPTION 'what a body decided is registered once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'casework_treatment_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_treatment_once BEFORE UPDATE ON casework_treatment
    FOR EACH ROW EXECUTE FUNCTION casework_treatment_once();
"""
DOWN = "DROP TRIGGER casework_treatment_once ON casework_treatment; DROP FUNCTION casework_treatment_once();"


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_deciding")]

    operations = [
        FenceTable("casework_treatment", keys={"proposal_id": "casework_proposal"}),
        FenceTable(
            "casework_treatedline",
            keys={"treatment_id": "casework_treatment", "line_id": "casework_proposalline"},
        ),
        FenceTable(
            "casework_reserveentry", keys={"case_id": "casework_case", "decision_id": "casework_decision"}
        ),
        AppendOnly(
            "casework_treatment",
            except_columns=("agenda_reference", "protocol", "registered_by", "registered_at"),
        ),
        AppendOnly("casework_treatedline"),
        AppendOnly("casework_reserveentry", except_columns=("state", "changed_at")),
        migrations.RunSQL(UP, DOWN),
    ]
