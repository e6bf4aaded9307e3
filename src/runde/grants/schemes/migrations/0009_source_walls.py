"""Decided money may get another amount, a later last day, or be withdrawn, with a line in its history that says so."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

DECIDED = """
CREATE OR REPLACE FUNCTION schemes_source_decided() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{amount_nok,is_changed,state,use_by_date}';
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state IN ('applied_for', 'subject_to_decision')
        OR to_jsonb(NEW) - 'use_by_date' = to_jsonb(OLD) - 'use_by_date') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'decided' AND to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change
        AND EXISTS (
            SELECT 1 FROM schemes_sourcechange AS said
            WHERE said.source_id = NEW.id AND said.amount_nok = NEW.amount_nok AND said.before_nok = OLD.amount_nok
                AND said.number = (SELECT max(number) FROM schemes_sourcechange WHERE source_id = NEW.id)
                AND (said.kind, NEW.state) IN (('changed', 'decided'), ('withdrawn', 'withdrawn'))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'decided money stays as decided: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION schemes_source_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state = 'subject_to_decision'
        OR to_jsonb(NEW) - 'use_by_date' = to_jsonb(OLD) - 'use_by_date') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'decided money stays as decided: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("schemes", "0008_source_history")]

    operations = [
        FenceTable("schemes_sourcechange", keys={"source_id": "schemes_fundingsource"}),
        AppendOnly("schemes_sourcechange"),
        migrations.RunSQL(DECIDED, BEFORE),
    ]
