"""Limits on calls: the buckets may be lost in a crash, so they are not logged. And the first limits, as data."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# name, burst, milliseconds for each one more
LIMITS = [
    ("sign_in_address", 30, 2_000),
    ("sign_in_account", 8, 30_000),
    ("account_mail", 5, 600_000),
    ("company_search", 60, 500),
    ("upload", 20, 3_000),
]


def add_limits(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    limit = apps.get_model("trust", "RateLimit")
    for name, burst, period_ms in LIMITS:
        limit.objects.using(schema_editor.connection.alias).create(
            name=name, burst=burst, period_ms=period_ms
        )


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_walls")]

    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE trust_bucket (name text NOT NULL, key text NOT NULL, full_at timestamptz NOT NULL, "
            "PRIMARY KEY (name, key))",
            "DROP TABLE trust_bucket",
        ),
        migrations.RunPython(add_limits, migrations.RunPython.noop),
    ]
