"""What was asked, said, read, accepted and appealed stays as it was when it left the hand.

- A request ends once: answered or closed. Its words and its day never change.
- A message or an appeal is a draft until it is sent; afterwards only the other side's own marks are added, once.
- A grant is accepted, declined or lapsed once, and only one that must be accepted.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION casework_sent_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := string_to_array(TG_ARGV[0], ',');
    fixed text[] := string_to_array(TG_ARGV[1], ',');
    ended text := TG_ARGV[2];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sent_at IS NULL
        AND to_jsonb(NEW) - ARRAY['text', 'sent_at'] - fixed - marks
          = to_jsonb(OLD) - ARRAY['text', 'sent_at'] - fixed - marks THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.sent_at IS NOT NULL AND to_jsonb(OLD) ->> ended IS NULL
        AND to_jsonb(NEW) - marks = to_jsonb(OLD) - marks THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: what is sent stays as it was: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'casework_sent_kept';
END $$;
CREATE TRIGGER casework_sent_kept BEFORE UPDATE OR DELETE ON casework_message FOR EACH ROW
    EXECUTE FUNCTION casework_sent_kept('read_by,read_at', 'answers_id', 'read_at');
CREATE TRIGGER casework_sent_kept BEFORE UPDATE OR DELETE ON casework_appeal FOR EACH ROW
    EXECUTE FUNCTION casework_sent_kept('result,result_text,settled_by,settled_at', 'last_date,is_late', 'settled_at');
REVOKE DELETE, TRUNCATE ON casework_message, casework_appeal FROM runde_app;

CREATE FUNCTION casework_request_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.answered_at IS NULL AND OLD.closed_at IS NULL
        AND to_jsonb(NEW) - ARRAY['answered_by', 'answered_at', 'closed_by', 'closed_at']
          = to_jsonb(OLD) - ARRAY['answered_by', 'answered_at', 'closed_by', 'closed_at'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a request ends once and keeps its words: % refused', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'casework_request_kept';
END $$;
CREATE TRIGGER casework_request_kept BEFORE UPDATE OR DELETE ON casework_informationrequest
    FOR EACH ROW EXECUTE FUNCTION casework_request_kept();
REVOKE DELETE, TRUNCATE ON casework_informationrequest FROM runde_app;

CREATE FUNCTION casework_acceptance_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added LEFT JOIN casework_decision decision
            ON decision.tenant_id = added.tenant_id AND decision.id = added.decision_id
        WHERE decision.accept_by_date IS NULL
            OR EXISTS (SELECT 1 FROM casework_decision newer WHERE newer.replaces_id = decision.id)
    ) THEN
        RAISE EXCEPTION 'only a grant in force that must be accepted can be answered'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_acceptance_asked';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER casework_acceptance_asked AFTER INSERT ON casework_acceptance
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_acceptance_asked();
"""
DOWN = """
DROP TRIGGER casework_acceptance_asked ON casework_acceptance; DROP FUNCTION casework_acceptance_asked();
DROP TRIGGER casework_request_kept ON casework_informationrequest; DROP FUNCTION casework_request_kept();
DROP TRIGGER casework_sent_kept ON casework_message; DROP TRIGGER casework_sent_kept ON casework_appeal;
DROP FUNCTION casework_sent_kept();
GRANT DELETE ON casework_message, casework_appeal, casework_informationrequest TO runde_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_following")]

    operations = [
        FenceTable("casework_informationrequest", keys={"case_id": "casework_case"}),
        FenceTable(
            "casework_message",
            keys={"case_id": "casework_case", "answers_id": "casework_informationrequest"},
        ),
        FenceTable("casework_decisionreading", keys={"decision_id": "casework_decision"}),
        FenceTable("casework_acceptance", keys={"decision_id": "casework_decision"}),
        FenceTable("casework_appeal", keys={"decision_id": "casework_decision"}),
        AppendOnly("casework_decisionreading"),
        AppendOnly("casework_acceptance"),
        migrations.RunSQL(UP, DOWN),
    ]
