"""The walls: read by every municipality, since a ceiling counts all of them; written by its own only; never removed."""

from django.db import migrations

from runde.foundation.trust.migration_operations import POLICY, AppendOnly

UP = """
ALTER TABLE aid_aidaward ENABLE ROW LEVEL SECURITY;
ALTER TABLE aid_aidaward FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON aid_aidaward FOR SELECT USING (true);
CREATE POLICY added_by_own ON aid_aidaward FOR INSERT WITH CHECK (POLICY);
CREATE POLICY reversed_by_own ON aid_aidaward FOR UPDATE USING (POLICY) WITH CHECK (POLICY);

CREATE FUNCTION aid_reversed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reversed_at IS NOT NULL THEN
        RAISE EXCEPTION 'aid is taken back once' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'aid_reversed_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aid_reversed_once BEFORE UPDATE ON aid_aidaward
    FOR EACH ROW EXECUTE FUNCTION aid_reversed_once();
""".replace("(POLICY)", f"({POLICY})")
DOWN = """
DROP TRIGGER aid_reversed_once ON aid_aidaward; DROP FUNCTION aid_reversed_once();
DROP POLICY read_by_all ON aid_aidaward; DROP POLICY added_by_own ON aid_aidaward;
DROP POLICY reversed_by_own ON aid_aidaward;
ALTER TABLE aid_aidaward NO FORCE ROW LEVEL SECURITY;
ALTER TABLE aid_aidaward DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("aid", "0001_initial")]

    operations = [
        AppendOnly("aid_aidaward", except_columns=("reversed_at", "reversed_why")),
        migrations.RunSQL(UP, DOWN),
    ]
