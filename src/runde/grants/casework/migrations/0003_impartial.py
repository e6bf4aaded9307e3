"""Nobody decides a case in which they have declared an interest, whatever the code does."""

from django.db import migrations

UP = """
CREATE FUNCTION casework_decision_impartial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_impartiality declared
        JOIN added ON added.tenant_id = declared.tenant_id AND added.case_id = declared.case_id
             AND declared.person_id IN (added.prepared_by, added.decided_by)
        WHERE NOT declared.is_impartial
    ) THEN
        RAISE EXCEPTION 'a person with a declared interest may not decide'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_decision_impartial';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER casework_decision_impartial AFTER INSERT ON casework_decision
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_decision_impartial();
"""
DOWN = "DROP TRIGGER casework_decision_impartial ON casework_decision; DROP FUNCTION casework_decision_impartial();"


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
