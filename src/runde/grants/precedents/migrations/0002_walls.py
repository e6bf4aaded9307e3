"""The walls: precedents are their tenant's own and never rewritten; patterns are read by all, written by their own.

Who stands behind a mask is known to the fenced table alone, so a pattern leads to nobody.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

OWN = "mask IN (SELECT own.mask FROM precedents_mask own)"
UP = f"""
ALTER TABLE precedents_pattern ENABLE ROW LEVEL SECURITY;
ALTER TABLE precedents_pattern FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON precedents_pattern FOR SELECT USING (true);
CREATE POLICY added_by_own ON precedents_pattern FOR INSERT WITH CHECK ({OWN});
CREATE POLICY counted_by_own ON precedents_pattern FOR UPDATE USING ({OWN}) WITH CHECK ({OWN});

CREATE FUNCTION precedents_falls_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT OLD.stands THEN
        RAISE EXCEPTION 'a precedent that was replaced stays replaced'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'precedents_falls_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER precedents_falls_once BEFORE UPDATE ON precedents_precedent
    FOR EACH ROW EXECUTE FUNCTION precedents_falls_once();
"""
DOWN = """
DROP TRIGGER precedents_falls_once ON precedents_precedent; DROP FUNCTION precedents_falls_once();
DROP POLICY read_by_all ON precedents_pattern; DROP POLICY added_by_own ON precedents_pattern;
DROP POLICY counted_by_own ON precedents_pattern;
ALTER TABLE precedents_pattern NO FORCE ROW LEVEL SECURITY;
ALTER TABLE precedents_pattern DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("precedents", "0001_initial")]

    operations = [
        FenceTable("precedents_precedent"),
        FenceTable("precedents_mask"),
        AppendOnly("precedents_precedent", except_columns=("stands",)),
        AppendOnly("precedents_mask"),
        AppendOnly("precedents_pattern", except_columns=("granted", "refused")),
        migrations.RunSQL(UP, DOWN),
    ]
