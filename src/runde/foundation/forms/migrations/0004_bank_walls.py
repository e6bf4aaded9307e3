"""The question bank is read by everybody and written by its own tenant only; a question is replaced, never changed."""

from django.db import migrations

from runde.foundation.trust.migration_operations import POLICY

UP = """
ALTER TABLE forms_bankquestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE forms_bankquestion FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON forms_bankquestion FOR SELECT USING (true);
CREATE POLICY added_by_own ON forms_bankquestion FOR INSERT WITH CHECK (POLICY);
CREATE POLICY removed_by_own ON forms_bankquestion FOR DELETE USING (POLICY);
REVOKE UPDATE, TRUNCATE ON forms_bankquestion FROM runde_app;
""".replace("(POLICY)", f"({POLICY})")
DOWN = """
GRANT UPDATE ON forms_bankquestion TO runde_app;
DROP POLICY read_by_all ON forms_bankquestion; DROP POLICY added_by_own ON forms_bankquestion;
DROP POLICY removed_by_own ON forms_bankquestion;
ALTER TABLE forms_bankquestion NO FORCE ROW LEVEL SECURITY;
ALTER TABLE forms_bankquestion DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0003_bank"),
    ]

    operations = [
        migrations.RunSQL(UP, DOWN),
    ]
