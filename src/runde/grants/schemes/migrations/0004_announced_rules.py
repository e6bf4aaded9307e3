"""Announcements carry what the public judgement runs on: the rules, the form, assumptions and money."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

FILL = """
DO $$
DECLARE
    tenant uuid;
BEGIN
    FOR tenant IN SELECT DISTINCT tenant_id FROM schemes_announcement LOOP
        PERFORM set_config('runde.tenant', tenant::text, true);
        UPDATE schemes_announcement AS announced
            SET answer_by_date = call.answer_by_date, scheme_version_id = version.id,
                rules_digest = version.rules_digest, rules = version.rules,
                form_digest = form.digest, form = form.definition,
                funding = coalesce((
                    SELECT jsonb_agg(jsonb_build_object(
                        'giver', source.giver, 'amount_nok', source.amount_nok::text, 'state', source.state,
                        'decision_expected_date', source.decision_expected_date,
                        'earmark', source.earmark, 'earmark_text', source.earmark_text
                    ) ORDER BY used.rank, source.id)
                    FROM schemes_callfunding AS used JOIN schemes_fundingsource AS source ON source.id = used.source_id
                    WHERE used.call_id = call.id AND source.state <> 'withdrawn'), '[]')
            FROM schemes_call AS call
                JOIN schemes_schemeversion AS version ON version.id = call.scheme_version_id
                JOIN forms_formversion AS form ON form.id = version.form_id
            WHERE call.id = announced.call_id;
    END LOOP;
    PERFORM set_config('runde.tenant', '', true);
END $$;
"""
FIELDS: dict[str, models.Field[Any, Any]] = {
    "answer_by_date": models.DateField(),
    "scheme_version_id": models.UUIDField(),
    "rules_digest": models.CharField(max_length=64),
    "rules": models.JSONField(),
    "form_digest": models.CharField(max_length=64),
    "form": models.JSONField(),
}


def _empty(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The same column while it is being filled."""
    copy = field.clone()
    copy.null = True
    return copy


class Migration(migrations.Migration):
    dependencies = [("forms", "0002_walls"), ("schemes", "0003_promises")]

    operations = [
        migrations.AddField("announcement", "assumptions", models.JSONField(default=list)),
        migrations.AddField("announcement", "funding", models.JSONField(default=list)),
        *(migrations.AddField("announcement", name, _empty(field)) for name, field in FIELDS.items()),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        *(migrations.AlterField("announcement", name, field) for name, field in FIELDS.items()),
    ]
