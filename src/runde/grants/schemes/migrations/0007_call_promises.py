"""A published call may be extended, moved with a record of it, or withdrawn; the rest stays as promised."""

from django.db import migrations, models

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

FILL = """
DO $$
DECLARE
    tenant uuid;
BEGIN
    FOR tenant IN SELECT DISTINCT tenant_id FROM schemes_announcement LOOP
        PERFORM set_config('runde.tenant', tenant::text, true);
        UPDATE schemes_announcement AS announced
            SET grace_ends_at = announced.closes_at,
                municipality_number = owner.municipality_number,
                search_text = lower(concat_ws(' ', announced.tenant_name,
                    (SELECT string_agg(words.value, ' ')
                        FROM jsonb_each(announced.texts) AS text, jsonb_each_text(text.value) AS words)))
            FROM organisations_organisation AS owner WHERE owner.id = announced.tenant_id;
    END LOOP;
    PERFORM set_config('runde.tenant', '', true);
END $$;
"""

PROMISED = """
CREATE OR REPLACE FUNCTION schemes_call_promised() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{state,closes_at,answer_by_date,scheme_version_id,contact_name,contact_email,'
        'contact_phone,withdrawn_reason}';
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state IN ('published', 'withdrawn')
        AND to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change
        AND NEW.closes_at >= OLD.closes_at
        AND (NEW.scheme_version_id = OLD.scheme_version_id OR EXISTS (
            SELECT 1 FROM schemes_callversionchange AS change WHERE change.call_id = NEW.id
                AND change.from_version_id = OLD.scheme_version_id
                AND change.to_version_id = NEW.scheme_version_id)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published call keeps its rules: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION schemes_call_promised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state = 'draft' OR (
        NEW.state <> 'draft' AND to_jsonb(NEW) - '{state,closes_at,answer_by_date}'::text[]
            = to_jsonb(OLD) - '{state,closes_at,answer_by_date}'::text[])) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.state = 'draft' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a published call keeps its rules: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("schemes", "0006_announced_terms")]

    operations = [
        FenceTable("schemes_callextension", keys={"call_id": "schemes_call"}),
        FenceTable(
            "schemes_callversionchange",
            keys={
                "call_id": "schemes_call",
                "from_version_id": "schemes_schemeversion",
                "to_version_id": "schemes_schemeversion",
            },
        ),
        AppendOnly("schemes_callextension"),
        AppendOnly("schemes_callversionchange"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("announcement", "grace_ends_at", models.DateTimeField()),
        migrations.RunSQL(PROMISED, BEFORE),
    ]
