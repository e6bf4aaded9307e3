"""The walls around grants that change, whatever the code does.

- A payment is either sealed for the bank or taken out, never both.
- All that is to be paid in a case is never more than its newest decision gives.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION payments_sealed_or_taken_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added
               JOIN payments_superseded out ON out.tenant_id = added.tenant_id AND out.payment_id = added.payment_id
               JOIN payments_sealedpayment sealed
                 ON sealed.tenant_id = added.tenant_id AND sealed.payment_id = added.payment_id) THEN
        RAISE EXCEPTION 'a payment is sealed or taken out, never both'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_sealed_or_taken_out';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_taken_out_not_sealed AFTER INSERT ON payments_superseded
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_sealed_or_taken_out();
CREATE TRIGGER payments_sealed_not_taken_out AFTER INSERT ON payments_sealedpayment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_sealed_or_taken_out();

CREATE FUNCTION payments_case_total() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER payments_case_total AFTER INSERT ON payments_payment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_case_total();
"""
DOWN = """
DROP TRIGGER payments_case_total ON payments_payment; DROP FUNCTION payments_case_total();
DROP TRIGGER payments_sealed_not_taken_out ON payments_sealedpayment;
DROP TRIGGER payments_taken_out_not_sealed ON payments_superseded;
DROP FUNCTION payments_sealed_or_taken_out();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_superseded"), ("casework", "0008_following_walls")]

    operations = [
        FenceTable("payments_superseded", keys={"payment_id": "payments_payment"}),
        AppendOnly("payments_superseded"),
        migrations.RunSQL(UP, DOWN),
    ]
