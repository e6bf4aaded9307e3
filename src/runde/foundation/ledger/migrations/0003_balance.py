"""The books balance whatever the code does.

One trigger looks at all legs a statement added: every entry they belong to must sum to zero, with the legs it had
before, and no account or case may fall below its floor. The accounts with a floor are locked first, in order, so
that two awards at once cannot both use the last krone. The function runs with the owner's rights because the
site may not change accounts, which a row lock demands; the fence still holds, since it is forced on the owner.
"""

from django.db import migrations

UP = """
CREATE FUNCTION ledger_leg_check() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    wrong record;
BEGIN
    PERFORM 1 FROM ledger_account
      WHERE id IN (SELECT account_id FROM added) AND floor <> 'none' ORDER BY id FOR UPDATE;

    SELECT leg.entry_id, sum(leg.amount_nok) AS off INTO wrong FROM ledger_leg leg
      WHERE leg.entry_id IN (SELECT entry_id FROM added)
      GROUP BY leg.entry_id HAVING sum(leg.amount_nok) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger entry % is out of balance by %', wrong.entry_id, wrong.off
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balanced';
    END IF;

    SELECT leg.account_id, sum(leg.amount_nok) AS stands INTO wrong FROM ledger_leg leg
      JOIN ledger_account account ON account.id = leg.account_id AND account.floor = 'account'
      WHERE leg.account_id IN (SELECT account_id FROM added)
      GROUP BY leg.account_id HAVING sum(leg.amount_nok) < 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger account % would stand at %', wrong.account_id, wrong.stands
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_floor';
    END IF;

    SELECT leg.account_id, leg.subject_id, sum(leg.amount_nok) AS stands INTO wrong FROM ledger_leg leg
      JOIN ledger_account account ON account.id = leg.account_id AND account.floor = 'subject'
      JOIN (SELECT DISTINCT account_id, subject_id FROM added) touched
        ON touched.account_id = leg.account_id AND touched.subject_id IS NOT DISTINCT FROM leg.subject_id
      GROUP BY leg.account_id, leg.subject_id HAVING sum(leg.amount_nok) < 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger account % would stand at % for %', wrong.account_id, wrong.stands, wrong.subject_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_subject_floor';
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION ledger_leg_check() OWNER TO runde_owner;
CREATE TRIGGER ledger_leg_check AFTER INSERT ON ledger_leg
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_leg_check();
"""
DOWN = "DROP TRIGGER ledger_leg_check ON ledger_leg; DROP FUNCTION ledger_leg_check();"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
