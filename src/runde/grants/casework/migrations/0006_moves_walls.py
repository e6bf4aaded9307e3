"""A case is moved to another version while it is open and undecided, and the move stays written."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION casework_move_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added JOIN casework_case moved
            ON moved.tenant_id = added.tenant_id AND moved.id = added.case_id
        WHERE moved.state <> 'open' OR EXISTS (
            SELECT 1 FROM casework_decision WHERE case_id = added.case_id AND tenant_id = added.tenant_id)
    ) THEN
        RAISE EXCEPTION 'only an open, undecided case is moved to another version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_move_open';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER move_open AFTER INSERT ON casework_casemove
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_move_open();
"""
DOWN = "DROP TRIGGER move_open ON casework_casemove; DROP FUNCTION casework_move_open();"


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_moves")]

    operations = [
        FenceTable(
            "casework_casemove",
            keys={
                "case_id": "casework_case",
                "from_version_id": "schemes_schemeversion",
                "to_version_id": "schemes_schemeversion",
                "check_run_id": "casework_check",
            },
        ),
        AppendOnly("casework_casemove"),
        migrations.RunSQL(UP, DOWN),
    ]
