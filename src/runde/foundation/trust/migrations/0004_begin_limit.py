"""How often one address may begin to answer without signing in: each beginning is a row that is kept for two weeks."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NAME, BURST, PERIOD_MS = "begin_application", 20, 30_000


def add_limit(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    limits = apps.get_model("trust", "RateLimit").objects.using(schema_editor.connection.alias)
    limits.create(name=NAME, burst=BURST, period_ms=PERIOD_MS)


class Migration(migrations.Migration):
    dependencies = [("trust", "0003_buckets")]

    operations = [migrations.RunPython(add_limit, migrations.RunPython.noop)]
