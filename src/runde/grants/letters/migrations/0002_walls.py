"""The walls: tenants fenced, what officers changed kept, and a template left as it was approved."""

from django.db import migrations

from runde.foundation.trust.migration_operations import AppendOnly, FenceTable

UP = """
CREATE FUNCTION letters_version_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state = 'draft' OR NEW.content = OLD.content AND NEW.digest = OLD.digest
        AND NEW.writers = OLD.writers) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a template that is laid before another stays as it was: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER letters_version_kept BEFORE UPDATE OR DELETE ON letters_lettertemplateversion
    FOR EACH ROW EXECUTE FUNCTION letters_version_kept();
"""
DOWN = """
DROP TRIGGER letters_version_kept ON letters_lettertemplateversion; DROP FUNCTION letters_version_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0002_walls"),
        ("letters", "0001_initial"),
    ]

    operations = [
        FenceTable("letters_lettertemplate", keys={"scheme_id": "schemes_scheme"}),
        FenceTable("letters_lettertemplateversion", keys={"template_id": "letters_lettertemplate"}),
        FenceTable("letters_templatechange", keys={"version_id": "letters_lettertemplateversion"}),
        FenceTable("letters_banktext"),
        FenceTable("letters_letteredit"),
        FenceTable("letters_letteruse", keys={"version_id": "letters_lettertemplateversion"}),
        AppendOnly("letters_templatechange"),
        AppendOnly("letters_letteredit"),
        AppendOnly("letters_letteruse"),
        migrations.RunSQL(UP, DOWN),
    ]
