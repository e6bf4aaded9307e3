"""What has been promised stays: a published call's rules, and the amount and earmark of decided money.

Announcements are read by everybody and written by their own tenant only.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import POLICY

UP = """
CREATE FUNCTION schemes_call_promised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state = 'draft' OR (
        NEW.state <> 'draft' AND to_jsonb(NEW) - '{state,closes_at,answer_by_date}'::text[]
            = to_jsonb(OLD) - '{state,closes_at,answer_by_date}'::text[])) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.state = 'draft' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a published call keeps its rules: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER schemes_call_promised BEFORE UPDATE OR DELETE ON schemes_call
    FOR EACH ROW EXECUTE FUNCTION schemes_call_promised();

CREATE FUNCTION schemes_source_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state = 'subject_to_decision'
        OR to_jsonb(NEW) - 'use_by_date' = to_jsonb(OLD) - 'use_by_date') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'decided money stays as decided: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER schemes_source_decided BEFORE UPDATE OR DELETE ON schemes_fundingsource
    FOR EACH ROW EXECUTE FUNCTION schemes_source_decided();

ALTER TABLE schemes_announcement ENABLE ROW LEVEL SECURITY;
ALTER TABLE schemes_announcement FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON schemes_announcement FOR SELECT USING (true);
CREATE POLICY added_by_own ON schemes_announcement FOR INSERT WITH CHECK (POLICY);
CREATE POLICY changed_by_own ON schemes_announcement FOR UPDATE USING (POLICY) WITH CHECK (POLICY);
CREATE POLICY removed_by_own ON schemes_announcement FOR DELETE USING (POLICY);
""".replace("(POLICY)", f"({POLICY})")
DOWN = """
DROP POLICY read_by_all ON schemes_announcement; DROP POLICY added_by_own ON schemes_announcement;
DROP POLICY changed_by_own ON schemes_announcement; DROP POLICY removed_by_own ON schemes_announcement;
ALTER TABLE schemes_announcement NO FORCE ROW LEVEL SECURITY;
ALTER TABLE schemes_announcement DISABLE ROW LEVEL SECURITY;
DROP TRIGGER schemes_source_decided ON schemes_fundingsource; DROP FUNCTION schemes_source_decided();
DROP TRIGGER schemes_call_promised ON schemes_call; DROP FUNCTION schemes_call_promised();
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
