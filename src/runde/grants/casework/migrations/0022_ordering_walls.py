"""The walls: tenants fenced; an order to lay cases before an approver ends once, and then stays as it ended."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION casework_order_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'an order to lay cases before an approver ends once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'casework_order_ended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_order_ended BEFORE UPDATE ON casework_batchorder
    FOR EACH ROW EXECUTE FUNCTION casework_order_ended();
"""
DOWN = "DROP TRIGGER casework_order_ended ON casework_batchorder; DROP FUNCTION casework_order_ended();"


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_ordering")]

    operations = [
        FenceTable("casework_batchorder", keys={"proposal_id": "casework_proposal"}),
        AppendOnly(
            "casework_batchorder", except_columns=("looked", "apart", "refusal", "proposal_id", "ended_at")
        ),
        migrations.RunSQL(UP, DOWN),
    ]
