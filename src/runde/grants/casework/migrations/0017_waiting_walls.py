"""What was said of delays, and what decisions rest on, stays as it was.

A provisional reply follows the one before it in its case, later and with a later day: the clock never runs backwards.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION casework_reply_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added LEFT JOIN casework_provisionalreply before
            ON before.tenant_id = added.tenant_id AND before.case_id = added.case_id
           AND before.number = added.number - 1
        WHERE added.number > 1 AND (before.id IS NULL OR before.expected_date >= added.expected_date
            OR before.due_date > added.due_date OR before.made_at > added.made_at)
    ) THEN
        RAISE EXCEPTION 'a provisional reply follows the one before it, with a later day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_reply_follows';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reply_follows AFTER INSERT ON casework_provisionalreply
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_reply_follows();
"""
DOWN = """
DROP TRIGGER reply_follows ON casework_provisionalreply; DROP FUNCTION casework_reply_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_waiting")]

    operations = [
        FenceTable("casework_frozenpart"),
        FenceTable("casework_delay", keys={"case_id": "casework_case"}),
        FenceTable("casework_provisionalreply", keys={"case_id": "casework_case"}),
        AppendOnly("casework_frozenpart"),
        AppendOnly("casework_delay"),
        AppendOnly("casework_provisionalreply"),
        migrations.RunSQL(UP, DOWN),
    ]
