"""The list reads one table, in an order an index holds; beside it lie counts, chosen sets and saved views."""

from __future__ import annotations

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

import runde.foundation.trust.fence
import runde.foundation.trust.ids

FILL = """
DO $$
DECLARE
    tenant uuid;
BEGIN
    FOR tenant IN SELECT id FROM organisations_organisation WHERE is_tenant LOOP
        PERFORM set_config('runde.tenant', tenant::text, true);
        UPDATE casework_case AS kept
            SET ordinal = split_part(kept.number, '/', 1)::bigint * 100000000 + split_part(kept.number, '/', 2)::bigint,
                company_name = application.company_name, organisation_number = application.organisation_number,
                municipality_number = left(coalesce(
                    application.facts -> 'register' -> 'municipality' ->> 'value', ''), 4),
                answer_by_date = call.answer_by_date
            FROM applications_application AS application JOIN schemes_call AS call ON call.id = application.call_id
            WHERE application.id = kept.application_id;
    END LOOP;
    PERFORM set_config('runde.tenant', '', true);
END $$;
"""
FILLED: dict[str, models.Field[Any, Any]] = {
    "ordinal": models.BigIntegerField(),
    "company_name": models.CharField(max_length=300),
    "organisation_number": models.CharField(max_length=9),
    "answer_by_date": models.DateField(),
}


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0006_several_hands_walls"),
        ("casework", "0009_report_days"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=runde.foundation.trust.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "tenant_id",
                    models.UUIDField(default=runde.foundation.trust.fence.current_tenant, editable=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assign", "Tildelt"),
                            ("share", "Fordelt"),
                            ("hold", "Lagt på vent"),
                            ("resume", "Tatt opp igjen"),
                        ],
                        max_length=10,
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                ("changes", models.JSONField()),
                ("not_done", models.JSONField(default=list)),
                ("not_undone", models.JSONField(default=list)),
                ("done_by", models.UUIDField()),
                ("done_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MunicipalityOfficer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=runde.foundation.trust.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "tenant_id",
                    models.UUIDField(default=runde.foundation.trust.fence.current_tenant, editable=False),
                ),
                ("municipality_number", models.CharField(max_length=4)),
                ("person_id", models.UUIDField()),
                ("chosen_by", models.UUIDField()),
                ("chosen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=runde.foundation.trust.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "tenant_id",
                    models.UUIDField(default=runde.foundation.trust.fence.current_tenant, editable=False),
                ),
                ("person_id", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=500)),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Selection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=runde.foundation.trust.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "tenant_id",
                    models.UUIDField(default=runde.foundation.trust.fence.current_tenant, editable=False),
                ),
                ("person_id", models.UUIDField()),
                ("call_id", models.UUIDField()),
                (
                    "case_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("recommended_nok", models.DecimalField(decimal_places=2, max_digits=16)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=runde.foundation.trust.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "tenant_id",
                    models.UUIDField(default=runde.foundation.trust.fence.current_tenant, editable=False),
                ),
                ("call_id", models.UUIDField()),
                ("kind", models.CharField(max_length=12)),
                ("state", models.CharField(max_length=10)),
                ("lane", models.CharField(blank=True, max_length=10)),
                ("key", models.CharField(blank=True, max_length=36)),
                ("until_date", models.DateField(null=True)),
                ("cases", models.IntegerField()),
                ("recommended_nok", models.DecimalField(decimal_places=2, max_digits=16)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="casework_worklist",
        ),
        migrations.AddField(
            model_name="case",
            name="answer_by_date",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="company_name",
            field=models.CharField(max_length=300, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="hold_reason",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="case",
            name="hold_until_date",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="municipality_number",
            field=models.CharField(blank=True, default="", max_length=4),
        ),
        migrations.AddField(
            model_name="case",
            name="ordinal",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="organisation_number",
            field=models.CharField(max_length=9, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        *(migrations.AlterField("case", name, field) for name, field in FILLED.items()),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["tenant_id", "call_id", "state", "lane", "answer_by_date", "ordinal"],
                name="casework_lane_by_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["tenant_id", "call_id", "state", "answer_by_date", "ordinal"],
                name="casework_state_by_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["tenant_id", "call_id", "state", "lane", "ordinal"], name="casework_lane_by_age"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["tenant_id", "call_id", "state", "ordinal"], name="casework_state_by_age"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("assigned_to__isnull", False)),
                fields=["tenant_id", "call_id", "assigned_to", "answer_by_date", "ordinal"],
                name="casework_of_an_officer",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["tenant_id", "call_id", "municipality_number", "answer_by_date", "ordinal"],
                name="casework_of_a_municipality",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("hold_until_date__isnull", False)),
                fields=["tenant_id", "call_id", "hold_until_date", "ordinal"],
                name="casework_on_hold",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["tenant_id", "organisation_number"], name="casework_of_a_company"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hold_reason", ""), ("hold_until_date__isnull", True)),
                    models.Q(
                        ("hold_until_date__isnull", False), models.Q(("hold_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="casework_hold_has_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="bulkact",
            index=models.Index(fields=["tenant_id", "done_at"], name="casework_bulk_done"),
        ),
        migrations.AddConstraint(
            model_name="municipalityofficer",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "municipality_number"), name="casework_one_officer_each_municipality"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "person_id", "name"), name="casework_view_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="casework_view_has_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="selection",
            index=models.Index(fields=["tenant_id", "made_at"], name="casework_selection_made"),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["tenant_id", "call_id"], name="casework_tallies"),
        ),
    ]
