"""A decided case stays as it was decided; a new decision follows the one it replaces, in the same case."""

from django.db import migrations

UP = """
CREATE FUNCTION casework_case_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a case is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.application_id, NEW.call_id, NEW.number, NEW.tenant_id, NEW.opened_at)
       IS DISTINCT FROM (OLD.application_id, OLD.call_id, OLD.number, OLD.tenant_id, OLD.opened_at) THEN
        RAISE EXCEPTION 'a case keeps its application and number' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM casework_decision WHERE case_id = OLD.id AND tenant_id = OLD.tenant_id)
       AND (NEW.state IN ('open', 'withdrawn') OR (NEW.lane, NEW.reason, NEW.recommended_nok)
            IS DISTINCT FROM (OLD.lane, OLD.reason, OLD.recommended_nok)) THEN
        RAISE EXCEPTION 'a decided case changes by a new decision only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_kept BEFORE UPDATE OR DELETE ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_case_kept();

CREATE FUNCTION casework_decision_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added LEFT JOIN casework_decision before ON before.id = added.replaces_id
        WHERE added.replaces_id IS NOT NULL
          AND (before.case_id, before.number + 1) IS DISTINCT FROM (added.case_id, added.number)
    ) THEN
        RAISE EXCEPTION 'a new decision follows the last one of its own case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_decision_follows';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER decision_follows AFTER INSERT ON casework_decision
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_decision_follows();
"""
DOWN = """
DROP TRIGGER decision_follows ON casework_decision; DROP FUNCTION casework_decision_follows();
DROP TRIGGER case_kept ON casework_case; DROP FUNCTION casework_case_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_impartial")]

    operations = [migrations.RunSQL(UP, DOWN)]
