"""The walls: what counts against a ceiling is read by every municipality and written by its own; reckonings are fenced."""

from django.db import migrations

from runde.foundation.trust.migration_operations import POLICY, AppendOnly, FenceTable

READ_BY_ALL = ("aid_declaredaid", "aid_undertakingruling")


def _up(table: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON {table} FOR SELECT USING (true);
CREATE POLICY added_by_own ON {table} FOR INSERT WITH CHECK ({POLICY});
CREATE POLICY changed_by_own ON {table} FOR UPDATE USING ({POLICY}) WITH CHECK ({POLICY});
"""


def _down(table: str) -> str:
    return f"""
DROP POLICY read_by_all ON {table}; DROP POLICY added_by_own ON {table}; DROP POLICY changed_by_own ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


WITHDRAWN_ONCE = """
CREATE FUNCTION aid_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'declared aid is withdrawn once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'aid_withdrawn_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aid_withdrawn_once BEFORE UPDATE ON aid_declaredaid
    FOR EACH ROW EXECUTE FUNCTION aid_withdrawn_once();
"""


class Migration(migrations.Migration):
    dependencies = [("aid", "0003_ledger")]

    operations = [
        FenceTable("aid_aidreckoning"),
        FenceTable("aid_registration"),
        AppendOnly("aid_aidreckoning"),
        AppendOnly("aid_registration"),
        AppendOnly("aid_undertakingruling"),
        AppendOnly("aid_declaredaid", except_columns=("withdrawn_at", "withdrawn_why")),
        *(migrations.RunSQL(_up(table), _down(table)) for table in READ_BY_ALL),
        migrations.RunSQL(
            WITHDRAWN_ONCE,
            "DROP TRIGGER aid_withdrawn_once ON aid_declaredaid; DROP FUNCTION aid_withdrawn_once();",
        ),
    ]
