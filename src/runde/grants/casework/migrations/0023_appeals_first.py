"""Whoever decides is held against appeals only when there is one: without it every decision was held against all."""

from django.db import migrations

ASK = """
CREATE OR REPLACE FUNCTION casework_appeal_decided_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {first}IF EXISTS (
        SELECT 1 FROM added
        JOIN casework_appeal appeal ON appeal.tenant_id = added.tenant_id AND appeal.proposal_id = added.proposal_id
        JOIN casework_decision appealed ON appealed.id = appeal.decision_id AND appealed.case_id = added.case_id
        JOIN casework_decision before ON before.case_id = appealed.case_id AND before.number <= appealed.number
        WHERE added.decided_by IN (before.prepared_by, before.decided_by)
            OR added.prepared_by IN (before.prepared_by, before.decided_by)
    ) THEN
        RAISE EXCEPTION 'who took part in the decision appealed may not decide the appeal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_appeal_decided_by_others';
    END IF;
    RETURN NULL;
END $$;
"""
FIRST = """IF NOT EXISTS (
        SELECT 1 FROM casework_appeal appeal WHERE appeal.proposal_id IN (SELECT added.proposal_id FROM added)
    ) THEN
        RETURN NULL;
    END IF;
    """


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_ordering_walls")]

    operations = [migrations.RunSQL(ASK.format(first=FIRST), ASK.format(first=""))]
