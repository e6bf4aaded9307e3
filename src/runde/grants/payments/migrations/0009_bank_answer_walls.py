"""The walls around what the bank answers, whatever the code does.

- What the bank has said is kept as it was said, and a settled answer stays settled.
- A payment is owed anew only when the bank has said that the one before was rejected or came back: by the same
  decision, with the same amount, once.
- What is to be paid in a case, without attempts that failed, is never more than its newest decision gives.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
ALTER TABLE payments_payment ADD CONSTRAINT payments_payment_renews_id_fence FOREIGN KEY (tenant_id, renews_id)
    REFERENCES payments_payment (tenant_id, id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION payments_renewed_when_failed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added
        LEFT JOIN payments_payment before ON before.tenant_id = added.tenant_id AND before.id = added.renews_id
        WHERE added.renews_id IS NOT NULL AND (
            before.decision_id IS DISTINCT FROM added.decision_id OR before.case_id <> added.case_id
            OR before.amount_nok <> added.amount_nok OR before.recipient_number <> added.recipient_number
            OR before.attempt + 1 <> added.attempt
            OR NOT EXISTS (
                SELECT 1 FROM payments_sealedpayment sealed JOIN payments_bankanswer answer
                    ON answer.tenant_id = sealed.tenant_id AND answer.sealed_id = sealed.id
                    AND answer.kind IN ('rejected', 'returned')
                WHERE sealed.tenant_id = before.tenant_id AND sealed.payment_id = before.id))
    ) THEN
        RAISE EXCEPTION 'a payment is owed anew only when the bank did not carry it out'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_renewed_when_failed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_renewed_when_failed AFTER INSERT ON payments_payment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_renewed_when_failed();

CREATE OR REPLACE FUNCTION payments_case_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payments_payment payment
        LEFT JOIN payments_superseded out ON out.tenant_id = payment.tenant_id AND out.payment_id = payment.id
        LEFT JOIN payments_payment renewal
            ON renewal.tenant_id = payment.tenant_id AND renewal.renews_id = payment.id
        WHERE payment.case_id IN (SELECT case_id FROM added) AND out.id IS NULL AND renewal.id IS NULL
        GROUP BY payment.tenant_id, payment.case_id
        HAVING sum(payment.amount_nok) > (
            SELECT decision.amount_nok FROM casework_decision decision
            WHERE decision.tenant_id = payment.tenant_id AND decision.case_id = payment.case_id
            ORDER BY decision.number DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'more would be paid than is decided'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_case_total';
    END IF;
    RETURN NULL;
END $$;
"""
DOWN = """
CREATE OR REPLACE FUNCTION payments_case_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payments_payment payment
        LEFT JOIN payments_superseded out ON out.tenant_id = payment.tenant_id AND out.payment_id = payment.id
        WHERE payment.case_id IN (SELECT case_id FROM added) AND out.id IS NULL
        GROUP BY payment.tenant_id, payment.case_id
        HAVING sum(payment.amount_nok) > (
            SELECT decision.amount_nok FROM casework_decision decision
            WHERE decision.tenant_id = payment.tenant_id AND decision.case_id = payment.case_id
            ORDER BY decision.number DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'more would be paid than is decided'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_case_total';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER payments_renewed_when_failed ON payments_payment; DROP FUNCTION payments_renewed_when_failed();
ALTER TABLE payments_payment DROP CONSTRAINT payments_payment_renews_id_fence;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0008_bank_answers")]

    operations = [
        FenceTable("payments_answerfile"),
        FenceTable(
            "payments_bankanswer",
            keys={"file_id": "payments_answerfile", "sealed_id": "payments_sealedpayment"},
        ),
        FenceTable("payments_settledanswer", keys={"answer_id": "payments_bankanswer"}),
        AppendOnly("payments_answerfile"),
        AppendOnly("payments_bankanswer"),
        AppendOnly("payments_settledanswer"),
        migrations.RunSQL(UP, DOWN),
    ]
