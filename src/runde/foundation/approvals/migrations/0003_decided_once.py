"""What has been approved or sent back stays so: only a pending approval may change."""

from django.db import migrations

UP = """
CREATE FUNCTION approvals_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an approval is decided once' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER decided_once BEFORE UPDATE ON approvals_approval
    FOR EACH ROW WHEN (OLD.outcome <> 'pending') EXECUTE FUNCTION approvals_decided_once();
"""
DOWN = "DROP TRIGGER decided_once ON approvals_approval; DROP FUNCTION approvals_decided_once();"


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
