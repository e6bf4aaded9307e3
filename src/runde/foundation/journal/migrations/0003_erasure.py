"""What may still happen to a written event: its payload and salt may be erased, by the owner alone.

The hash of the payload stays, so the chain stays whole. What witnesses have said is never erased. And a chain's
head only moves forward.
"""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION journal_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.action <> 'journal.witnessed' AND OLD.payload IS NOT NULL
       AND NEW.payload IS NULL AND NEW.salt IS NULL
       AND to_jsonb(NEW) - ARRAY['payload', 'salt'] = to_jsonb(OLD) - ARRAY['payload', 'salt'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'journal_event is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION journal_erase(tenant uuid, kind text, subject text) RETURNS bigint LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    erased bigint;
BEGIN
    PERFORM set_config('runde.tenant', tenant::text, true);
    UPDATE journal_event SET payload = NULL, salt = NULL
      WHERE tenant_id = tenant AND subject_kind = kind AND subject_id = subject
        AND payload IS NOT NULL AND action <> 'journal.witnessed';
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END $$;
ALTER FUNCTION journal_erase(uuid, text, text) OWNER TO runde_owner;
REVOKE ALL ON FUNCTION journal_erase(uuid, text, text) FROM PUBLIC;

ALTER TABLE journal_event ADD CONSTRAINT journal_event_erased_whole CHECK ((payload IS NULL) = (salt IS NULL));

CREATE FUNCTION journal_head_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.seq > OLD.seq AND NEW.id = OLD.id AND NEW.tenant_id = OLD.tenant_id
       AND NEW.chain = OLD.chain THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a journal head only moves forward: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER journal_head_moves_forward BEFORE UPDATE OR DELETE ON journal_head
    FOR EACH ROW EXECUTE FUNCTION journal_head_moves_forward();
REVOKE DELETE, TRUNCATE ON journal_head FROM runde_app;
"""
DOWN = """
DROP TRIGGER journal_head_moves_forward ON journal_head; DROP FUNCTION journal_head_moves_forward();
GRANT DELETE ON journal_head TO runde_app;
ALTER TABLE journal_event DROP CONSTRAINT journal_event_erased_whole;
DROP FUNCTION journal_erase(uuid, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
