"""How often one may ask to be written to: from one network address, and to one mail address."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# name, burst, milliseconds for each one more
LIMITS = [
    ("subscribe_address", 10, 60_000),
    ("subscribe_email", 3, 3_600_000),
]


def add_limits(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    limit = apps.get_model("trust", "RateLimit")
    for name, burst, period_ms in LIMITS:
        limit.objects.using(schema_editor.connection.alias).create(
            name=name, burst=burst, period_ms=period_ms
        )


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_subscriptions"), ("trust", "0003_buckets")]

    operations = [migrations.RunPython(add_limits, migrations.RunPython.noop)]
