"""The walls: tenants fenced, history kept, and what is published or thrown away left as it was.

The shelf is read by everybody and written by its own tenant only.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import POLICY, AppendOnly, FenceTable

UP = """
CREATE FUNCTION designs_draft_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'draft' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a draft that is published or discarded stays as it was: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER designs_draft_closed BEFORE UPDATE OR DELETE ON designs_draft
    FOR EACH ROW EXECUTE FUNCTION designs_draft_closed();

CREATE FUNCTION designs_part_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.version_id IS NULL THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'parts of a published version stay: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER designs_part_published BEFORE UPDATE OR DELETE ON designs_part
    FOR EACH ROW EXECUTE FUNCTION designs_part_published();

CREATE FUNCTION designs_reference_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM designs_part WHERE id = OLD.user_id AND version_id IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'references in a published version stay: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER designs_reference_published BEFORE UPDATE OR DELETE ON designs_partreference
    FOR EACH ROW EXECUTE FUNCTION designs_reference_published();

ALTER TABLE designs_sharedscheme ENABLE ROW LEVEL SECURITY;
ALTER TABLE designs_sharedscheme FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON designs_sharedscheme FOR SELECT USING (true);
CREATE POLICY added_by_own ON designs_sharedscheme FOR INSERT WITH CHECK (POLICY);
CREATE POLICY removed_by_own ON designs_sharedscheme FOR DELETE USING (POLICY);
REVOKE UPDATE, TRUNCATE ON designs_sharedscheme FROM runde_app;
""".replace("(POLICY)", f"({POLICY})")
DOWN = """
GRANT UPDATE ON designs_sharedscheme TO runde_app;
DROP POLICY read_by_all ON designs_sharedscheme; DROP POLICY added_by_own ON designs_sharedscheme;
DROP POLICY removed_by_own ON designs_sharedscheme;
ALTER TABLE designs_sharedscheme NO FORCE ROW LEVEL SECURITY;
ALTER TABLE designs_sharedscheme DISABLE ROW LEVEL SECURITY;
DROP TRIGGER designs_reference_published ON designs_partreference; DROP FUNCTION designs_reference_published();
DROP TRIGGER designs_part_published ON designs_part; DROP FUNCTION designs_part_published();
DROP TRIGGER designs_draft_closed ON designs_draft; DROP FUNCTION designs_draft_closed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0002_walls"),
        ("designs", "0001_initial"),
    ]

    operations = [
        FenceTable(
            "designs_draft", keys={"scheme_id": "schemes_scheme", "version_id": "schemes_schemeversion"}
        ),
        FenceTable("designs_draftrevision", keys={"draft_id": "designs_draft"}),
        FenceTable("designs_part", keys={"draft_id": "designs_draft", "version_id": "schemes_schemeversion"}),
        FenceTable("designs_partreference", keys={"user_id": "designs_part", "used_id": "designs_part"}),
        AppendOnly("designs_draftrevision"),
        migrations.RunSQL(UP, DOWN),
    ]
