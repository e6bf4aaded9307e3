"""The walls: tenants fenced, what is sealed stands, and a limit for the parts of files, as data."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from runde.foundation.trust.migration_operations import FenceTable

# Only what the check and the scanner find may still be written on a sealed attachment.
STANDS = """
CREATE FUNCTION documents_attachment_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text[] := ARRAY['state', 'reason', 'scanned_at'];
BEGIN
    IF OLD.sealed_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - found = to_jsonb(OLD) - found THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a sealed attachment stands: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON documents_attachment
    FOR EACH ROW EXECUTE FUNCTION documents_attachment_stands();
REVOKE TRUNCATE ON documents_attachment FROM runde_app;
"""
FALLS = """
DROP TRIGGER stands ON documents_attachment;
DROP FUNCTION documents_attachment_stands();
"""
# name, burst, milliseconds for each one more
PARTS = ("upload_part", 120, 200)


def add_limit(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    name, burst, period_ms = PARTS
    limits = apps.get_model("trust", "RateLimit").objects.using(schema_editor.connection.alias)
    limits.get_or_create(name=name, defaults={"burst": burst, "period_ms": period_ms})


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_attachments"),
        ("trust", "0003_buckets"),
    ]

    operations = [
        FenceTable("documents_upload"),
        FenceTable("documents_attachment"),
        migrations.RunSQL(STANDS, FALLS),
        migrations.RunPython(add_limit, migrations.RunPython.noop),
    ]
