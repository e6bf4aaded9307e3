"""The walls around the accounts, whatever the code does.

- A wish to change account is never altered; it can be called off once, before its day.
- Nothing is owed for a grant that must be accepted and is not.
- A payment is sealed on the account that holds that day, and never while a change waits.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION payments_account_change_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.cancelled_at IS NOT NULL
        OR (NEW.cancelled_at AT TIME ZONE 'Europe/Oslo')::date >= OLD.effective_date THEN
        RAISE EXCEPTION 'a change of account is called off once, before its day'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payments_account_change_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_account_change_kept BEFORE UPDATE ON payments_accountchange
    FOR EACH ROW EXECUTE FUNCTION payments_account_change_kept();

CREATE FUNCTION payments_owed_when_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added JOIN casework_decision decision
            ON decision.tenant_id = added.tenant_id AND decision.id = added.decision_id
        WHERE decision.accept_by_date IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM casework_acceptance acceptance
            WHERE acceptance.tenant_id = added.tenant_id AND acceptance.decision_id = decision.id
                AND acceptance.answer = 'accepted')
    ) THEN
        RAISE EXCEPTION 'a grant that must be accepted is owed when it is accepted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_owed_when_accepted';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_owed_when_accepted AFTER INSERT ON payments_payment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_owed_when_accepted();

CREATE FUNCTION payments_account_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added
        JOIN payments_bankfile file ON file.tenant_id = added.tenant_id AND file.id = added.bank_file_id
        JOIN payments_payment payment ON payment.tenant_id = added.tenant_id AND payment.id = added.payment_id
        JOIN payments_accountchange change ON change.tenant_id = payment.tenant_id
            AND change.case_id = payment.case_id AND change.cancelled_at IS NULL
        WHERE change.effective_date > (file.sealed_at AT TIME ZONE 'Europe/Oslo')::date
    ) OR EXISTS (
        SELECT 1 FROM added
        JOIN payments_bankfile file ON file.tenant_id = added.tenant_id AND file.id = added.bank_file_id
        JOIN payments_payment payment ON payment.tenant_id = added.tenant_id AND payment.id = added.payment_id
        WHERE coalesce(nullif(added.account_number, ''), payment.account_number) <> coalesce((
            SELECT change.new_number FROM payments_accountchange change
            WHERE change.tenant_id = payment.tenant_id AND change.case_id = payment.case_id
                AND change.cancelled_at IS NULL
                AND change.effective_date <= (file.sealed_at AT TIME ZONE 'Europe/Oslo')::date
            ORDER BY change.asked_at DESC LIMIT 1), payment.account_number)
    ) THEN
        RAISE EXCEPTION 'a payment is sealed on the account that holds, and never while a change waits'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_account_holds';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_account_holds AFTER INSERT ON payments_sealedpayment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments_account_holds();
"""
DOWN = """
DROP TRIGGER payments_account_holds ON payments_sealedpayment; DROP FUNCTION payments_account_holds();
DROP TRIGGER payments_owed_when_accepted ON payments_payment; DROP FUNCTION payments_owed_when_accepted();
DROP TRIGGER payments_account_change_kept ON payments_accountchange; DROP FUNCTION payments_account_change_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_following_walls"), ("payments", "0004_account_changes")]

    operations = [
        FenceTable("payments_accountchange"),
        AppendOnly(
            "payments_accountchange", except_columns=("cancelled_by", "cancelled_at", "cancelled_why")
        ),
        migrations.RunSQL(UP, DOWN),
    ]
