"""The walls around what belongs to an application: history is only added to, what is sent stays as it was sent."""

from django.db import migrations

from runde.foundation.trust.migration_operations import FenceTable

APPLICATION = {"application_id": "applications_application"}

HISTORY_UP = """
CREATE FUNCTION applications_history_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM applications_application AS application
        WHERE application.tenant_id = OLD.tenant_id AND application.id = OLD.application_id AND application.seal <> ''
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the history of answers is kept: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_kept BEFORE UPDATE OR DELETE ON applications_answerchange
    FOR EACH ROW EXECUTE FUNCTION applications_history_kept();
REVOKE UPDATE, TRUNCATE ON applications_answerchange FROM runde_app;
"""
HISTORY_DOWN = """
GRANT UPDATE ON applications_answerchange TO runde_app;
DROP TRIGGER history_kept ON applications_answerchange; DROP FUNCTION applications_history_kept();
"""
STAGE_UP = """
CREATE FUNCTION applications_stage_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seal = '' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'answers that are sent are sealed: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stage_sealed BEFORE UPDATE OR DELETE ON applications_stageanswers
    FOR EACH ROW EXECUTE FUNCTION applications_stage_sealed();
"""
STAGE_DOWN = (
    "DROP TRIGGER stage_sealed ON applications_stageanswers; DROP FUNCTION applications_stage_sealed();"
)


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_several_hands")]

    operations = [
        FenceTable("applications_answerchange", keys=APPLICATION),
        FenceTable("applications_stageanswers", keys=APPLICATION),
        FenceTable("applications_participant", keys=APPLICATION),
        FenceTable(
            "applications_beginning",
            keys={
                "call_id": "schemes_call",
                "scheme_version_id": "schemes_schemeversion",
                "application_id": "applications_application",
            },
        ),
        FenceTable("applications_draftremnant"),
        migrations.RunSQL(HISTORY_UP, HISTORY_DOWN),
        migrations.RunSQL(STAGE_UP, STAGE_DOWN),
    ]
