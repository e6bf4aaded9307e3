"""Each application is pinned to the scheme version it is answered and judged by."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

FILL = """
DO $$
DECLARE
    tenant uuid;
BEGIN
    FOR tenant IN SELECT id FROM organisations_organisation LOOP
        PERFORM set_config('runde.tenant', tenant::text, true);
        UPDATE applications_application AS application
            SET scheme_version_id = coalesce((application.facts->>'scheme_version')::uuid, call.scheme_version_id)
            FROM schemes_call AS call WHERE call.id = application.call_id;
    END LOOP;
    PERFORM set_config('runde.tenant', '', true);
END $$;
"""
# What is sealed is not touched: the column is new, so the trigger is set aside while it is filled.
PAUSE = "ALTER TABLE applications_application DISABLE TRIGGER applications_sealed;"
RESUME = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE applications_application ENABLE TRIGGER applications_sealed;
"""


def _pinned(*, null: bool = False) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="applications",
        to="schemes.schemeversion",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_sealed"),
        ("organisations", "0001_initial"),
        ("schemes", "0005_assumptions"),
    ]

    operations = [
        migrations.AddField("application", "scheme_version", _pinned(null=True)),
        migrations.RunSQL(PAUSE, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(RESUME, migrations.RunSQL.noop),
        migrations.AlterField("application", "scheme_version", _pinned()),
        migrations.RunSQL(
            "ALTER TABLE applications_application ADD CONSTRAINT applications_application_scheme_version_id_fence "
            "FOREIGN KEY (tenant_id, scheme_version_id) REFERENCES schemes_schemeversion (tenant_id, id) "
            "DEFERRABLE INITIALLY DEFERRED;",
            "ALTER TABLE applications_application DROP CONSTRAINT applications_application_scheme_version_id_fence;",
        ),
    ]
