"""What a batch may become, and that a bank file carries exactly its batch's payments, whatever the code does.

- A batch goes from prepared to sealed to sent, or from prepared to returned; nothing else about it ever changes.
- A payment enters a batch only while it is prepared, and leaves only when it has been returned.
- The parts of a payment are added by one statement and sum to it.
- The payments sealed in a file are added by one statement: live lines of its batch, as many and as much as the
  file says.
"""

from django.db import migrations

UP = """
CREATE FUNCTION payments_batch_states() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        (OLD.state = 'prepared' AND NEW.state = 'sealed'
            AND to_jsonb(NEW) - ARRAY['state', 'approved_by', 'approved_at']
              = to_jsonb(OLD) - ARRAY['state', 'approved_by', 'approved_at'])
        OR (OLD.state = 'prepared' AND NEW.state = 'returned' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state')
        OR (OLD.state = 'sealed' AND NEW.state = 'sent'
            AND to_jsonb(NEW) - ARRAY['state', 'sent_by', 'sent_at']
              = to_jsonb(OLD) - ARRAY['state', 'sent_by', 'sent_at'])
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a payment batch cannot go from % to %', OLD.state, coalesce(NEW.state, 'nothing')
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_batch_states';
END $$;
CREATE TRIGGER payments_batch_states BEFORE UPDATE OR DELETE ON payments_batch
    FOR EACH ROW EXECUTE FUNCTION payments_batch_states();
REVOKE DELETE, TRUNCATE ON payments_batch FROM runde_app;

CREATE FUNCTION payments_line_enters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM payments_batch WHERE id IN (SELECT batch_id FROM added) ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM added LEFT JOIN payments_batch batch ON batch.id = added.batch_id
               WHERE batch.state IS DISTINCT FROM 'prepared' OR NOT added.is_live) THEN
        RAISE EXCEPTION 'a payment enters a batch only while it is prepared'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_line_enters';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_line_enters AFTER INSERT ON payments_batchline
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_line_enters();

CREATE FUNCTION payments_line_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM changed LEFT JOIN payments_batch batch ON batch.id = changed.batch_id
               WHERE batch.state IS DISTINCT FROM 'returned' OR changed.is_live) THEN
        RAISE EXCEPTION 'a payment leaves a batch only when it has been returned'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_line_leaves';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_line_leaves AFTER UPDATE ON payments_batchline
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION payments_line_leaves();

CREATE FUNCTION payments_parts_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payments_paymentpart part JOIN payments_payment payment ON payment.id = part.payment_id
               WHERE part.payment_id IN (SELECT payment_id FROM added)
               GROUP BY payment.id HAVING sum(part.amount_nok) <> payment.amount_nok OR min(part.amount_nok) <= 0) THEN
        RAISE EXCEPTION 'the parts of a payment do not sum to it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_parts_sum';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_parts_sum AFTER INSERT ON payments_paymentpart
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_parts_sum();

CREATE FUNCTION payments_file_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added
               JOIN payments_bankfile file ON file.id = added.bank_file_id
               LEFT JOIN payments_batchline line
                 ON line.payment_id = added.payment_id AND line.batch_id = file.batch_id AND line.is_live
               WHERE line.id IS NULL)
       OR EXISTS (SELECT 1 FROM payments_sealedpayment sealed
               JOIN payments_bankfile file ON file.id = sealed.bank_file_id
               JOIN payments_payment payment ON payment.id = sealed.payment_id
               WHERE file.id IN (SELECT bank_file_id FROM added)
               GROUP BY file.id HAVING count(*) <> file.count OR sum(payment.amount_nok) <> file.sum_nok) THEN
        RAISE EXCEPTION 'a bank file does not carry exactly the payments of its batch'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_file_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_file_whole AFTER INSERT ON payments_sealedpayment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_file_whole();
"""
DOWN = """
DROP TRIGGER payments_file_whole ON payments_sealedpayment; DROP FUNCTION payments_file_whole();
DROP TRIGGER payments_parts_sum ON payments_paymentpart; DROP FUNCTION payments_parts_sum();
DROP TRIGGER payments_line_leaves ON payments_batchline; DROP FUNCTION payments_line_leaves();
DROP TRIGGER payments_line_enters ON payments_batchline; DROP FUNCTION payments_line_enters();
DROP TRIGGER payments_batch_states ON payments_batch; DROP FUNCTION payments_batch_states();
GRANT DELETE ON payments_batch TO runde_app;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
