"""The books balance whatever the code does.

One trigger looks at all legs a statement added:
- the isolation must be READ COMMITTED: an older snapshot would not see what another has just used;
- the accounts with a floor are locked, in order, so that two awards at once cannot both use the last krone;
- an entry gets all its legs in one statement, and none later (its `leg_count`, and positions from 1 that are
  used once): so what is added is the whole entry, and a closed one stays closed;
- a case is named on the accounts that count for each case, and on no other;
- each entry sums to zero within each funding source: money never slips from one purpose to another;
- no account, and no case on an account, falls below its floor.

The function runs with the owner's rights because the site may not change accounts, which a row lock demands; the
fence still holds, since it is forced on the owner. An account that the fence hides stops everything.
"""

from django.db import migrations

UP = """
CREATE FUNCTION ledger_leg_check() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    wrong record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the ledger is written under READ COMMITTED, not %', current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_transaction_state';
    END IF;

    PERFORM 1 FROM ledger_account
      WHERE id IN (SELECT account_id FROM added) AND floor <> 'none' ORDER BY id FOR NO KEY UPDATE;

    SELECT leg.entry_id, leg.account_id INTO wrong FROM added leg
      LEFT JOIN ledger_account account ON account.tenant_id = leg.tenant_id AND account.id = leg.account_id
      WHERE account.id IS NULL OR (account.floor = 'subject') <> (leg.subject_id IS NOT NULL) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger entry % has a leg that does not fit account %', wrong.entry_id, wrong.account_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_leg_place_fits';
    END IF;

    SELECT now_added.entry_id, now_added.legs INTO wrong
      FROM (SELECT entry_id, count(*) AS legs, max(position) AS last FROM added GROUP BY entry_id) now_added
      LEFT JOIN ledger_entry entry ON entry.id = now_added.entry_id
      WHERE entry.id IS NULL OR entry.leg_count <> now_added.legs OR now_added.last > entry.leg_count LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger entry % does not get all its legs at once', wrong.entry_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_complete';
    END IF;

    SELECT leg.entry_id, account.source_id, sum(leg.amount_nok) AS off INTO wrong FROM added leg
      JOIN ledger_account account ON account.id = leg.account_id
      GROUP BY leg.entry_id, account.source_id HAVING sum(leg.amount_nok) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger entry % is out of balance by % for source %',
            wrong.entry_id, wrong.off, wrong.source_id
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
      JOIN (SELECT DISTINCT moved.account_id, moved.subject_id FROM added moved WHERE moved.subject_id IS NOT NULL)
        touched ON touched.account_id = leg.account_id AND touched.subject_id = leg.subject_id
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
