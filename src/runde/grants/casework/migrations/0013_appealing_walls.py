"""What an appeal, a demand for reasons and a reversal may become, whatever the code does.

- What was sent stays; an appeal goes only where the table in `domain/appeal_states.py` leads, and one that is over
  holds no money.
- What happened to an appeal is added, never changed. Money set aside, a request to wait, a demand and a reversal each
  end once.
- A decision that answers an appeal is prepared and made by people who took no part in the one appealed, or in those
  before it.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
DROP TRIGGER casework_sent_kept ON casework_appeal;
CREATE FUNCTION casework_appeal_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['state', 'reassess_by_date', 'reassessor', 'due_date', 'is_partial', 'is_contested',
        'body_result', 'proposal_id', 'new_decision_id', 'result', 'result_text', 'settled_by', 'settled_at'];
    drafted text[] := ARRAY['text', 'late_words', 'other_party', 'known_date', 'sent_at', 'last_date', 'is_late'];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - marks - drafted = to_jsonb(OLD) - marks - drafted
        AND (OLD.sent_at IS NULL OR to_jsonb(NEW) - marks = to_jsonb(OLD) - marks)
        AND OLD.state <> 'ended'
        AND (OLD.state = NEW.state OR (OLD.state, NEW.state) IN (
            ('draft', 'received'), ('draft', 'late'),
            ('late', 'received'), ('late', 'dismissed'), ('late', 'forwarded'), ('late', 'ended'),
            ('dismissed', 'received'), ('dismissed', 'late'),
            ('received', 'reassessing'), ('received', 'defect'), ('received', 'dismissed'), ('received', 'ended'),
            ('defect', 'received'), ('defect', 'dismissed'), ('defect', 'ended'),
            ('reassessing', 'received'), ('reassessing', 'defect'), ('reassessing', 'changing'),
            ('reassessing', 'forwarded'), ('reassessing', 'dismissed'), ('reassessing', 'ended'),
            ('changing', 'reassessing'), ('changing', 'ended'), ('changing', 'partly'),
            ('partly', 'ended'), ('partly', 'reassessing'),
            ('forwarded', 'ended'), ('forwarded', 'to_decide'),
            ('to_decide', 'carrying_out'), ('carrying_out', 'to_decide'), ('carrying_out', 'ended')
        )) THEN
        IF NEW.state IN ('dismissed', 'ended')
            AND EXISTS (SELECT 1 FROM casework_setaside held WHERE held.appeal_id = NEW.id AND held.ended_at IS NULL)
        THEN
            RAISE EXCEPTION 'an appeal that is over holds no money'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'casework_appeal_holds_no_money';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an appeal cannot go from % to %, and what was sent stays: % refused',
        OLD.state, coalesce(NEW.state, 'nothing'), TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'casework_appeal_kept';
END $$;
CREATE TRIGGER casework_sent_kept BEFORE UPDATE OR DELETE ON casework_appeal FOR EACH ROW
    EXECUTE FUNCTION casework_appeal_kept();

CREATE FUNCTION casework_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> TG_ARGV[1] IS NULL
        AND to_jsonb(NEW) - marks = to_jsonb(OLD) - marks THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '%: what has ended stays as it was: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'casework_ends_once';
END $$;
CREATE TRIGGER casework_ends_once BEFORE UPDATE OR DELETE ON casework_setaside FOR EACH ROW
    EXECUTE FUNCTION casework_ends_once('ended_at,ended_how', 'ended_at');
CREATE TRIGGER casework_ends_once BEFORE UPDATE OR DELETE ON casework_suspension FOR EACH ROW
    EXECUTE FUNCTION casework_ends_once('is_granted,reason,answered_by,answered_at,ended_at', 'ended_at');
CREATE TRIGGER casework_ends_once BEFORE UPDATE OR DELETE ON casework_reasonsdemand FOR EACH ROW
    EXECUTE FUNCTION casework_ends_once('text,answered_by,answered_at', 'answered_at');
CREATE TRIGGER casework_ends_once BEFORE UPDATE OR DELETE ON casework_reversal FOR EACH ROW
    EXECUTE FUNCTION casework_ends_once(
        'state,notice,notified_by,notified_at,comment_by_date,comment,commented_by,commented_at,proposal_id,new_decision_id,result,ended_why,ended_by,ended_at',
        'ended_at');

REVOKE DELETE, TRUNCATE ON casework_setaside, casework_suspension, casework_reasonsdemand, casework_reversal
    FROM runde_app;

CREATE FUNCTION casework_appeal_decided_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
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
CREATE TRIGGER casework_appeal_decided_by_others AFTER INSERT ON casework_decision
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_appeal_decided_by_others();
"""
DOWN = """
DROP TRIGGER casework_appeal_decided_by_others ON casework_decision; DROP FUNCTION casework_appeal_decided_by_others();
DROP TRIGGER casework_ends_once ON casework_reversal; DROP TRIGGER casework_ends_once ON casework_reasonsdemand;
DROP TRIGGER casework_ends_once ON casework_suspension; DROP TRIGGER casework_ends_once ON casework_setaside;
DROP FUNCTION casework_ends_once();
DROP TRIGGER casework_sent_kept ON casework_appeal; DROP FUNCTION casework_appeal_kept();
CREATE TRIGGER casework_sent_kept BEFORE UPDATE OR DELETE ON casework_appeal FOR EACH ROW
    EXECUTE FUNCTION casework_sent_kept('result,result_text,settled_by,settled_at', 'last_date,is_late', 'settled_at');
"""
KEYS = """
ALTER TABLE casework_appeal ADD CONSTRAINT casework_appeal_proposal_id_fence FOREIGN KEY (tenant_id, proposal_id)
    REFERENCES casework_proposal (tenant_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_appeal ADD CONSTRAINT casework_appeal_new_decision_id_fence
    FOREIGN KEY (tenant_id, new_decision_id) REFERENCES casework_decision (tenant_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""
NO_KEYS = """
ALTER TABLE casework_appeal DROP CONSTRAINT casework_appeal_new_decision_id_fence;
ALTER TABLE casework_appeal DROP CONSTRAINT casework_appeal_proposal_id_fence;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_appealing")]

    operations = [
        FenceTable("casework_appealstep", keys={"appeal_id": "casework_appeal"}),
        FenceTable("casework_setaside", keys={"appeal_id": "casework_appeal"}),
        FenceTable("casework_suspension", keys={"appeal_id": "casework_appeal"}),
        FenceTable("casework_reasonsdemand", keys={"decision_id": "casework_decision"}),
        FenceTable(
            "casework_reversal",
            keys={
                "decision_id": "casework_decision",
                "proposal_id": "casework_proposal",
                "new_decision_id": "casework_decision",
            },
        ),
        AppendOnly("casework_appealstep"),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(UP, DOWN),
    ]
