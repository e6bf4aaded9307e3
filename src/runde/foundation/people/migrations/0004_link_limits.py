"""How often a new link may be asked for, as data."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# name, burst, milliseconds for each one more
LIMITS = [("link_again", 3, 600_000), ("link_again_address", 20, 30_000), ("acting_mail", 30, 120_000)]


def add_limits(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    limit = apps.get_model("trust", "RateLimit")
    for name, burst, period_ms in LIMITS:
        limit.objects.using(schema_editor.connection.alias).create(
            name=name, burst=burst, period_ms=period_ms
        )


def take_limits_away(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    limit = apps.get_model("trust", "RateLimit")
    limit.objects.using(schema_editor.connection.alias).filter(
        name__in=[name for name, *_ in LIMITS]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0003_signed_links"), ("trust", "0003_buckets")]

    operations = [migrations.RunPython(add_limits, take_limits_away)]
