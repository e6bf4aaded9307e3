"""A submitted application stays as it was sent: only its state may still change, to withdrawn."""

from django.db import migrations

UP = """
CREATE FUNCTION applications_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.seal = '' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.seal = '' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state IN (OLD.state, 'withdrawn')
        AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a submitted application is sealed: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER applications_sealed BEFORE UPDATE OR DELETE ON applications_application
    FOR EACH ROW EXECUTE FUNCTION applications_sealed();
"""
DOWN = "DROP TRIGGER applications_sealed ON applications_application; DROP FUNCTION applications_sealed();"


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_walls")]

    operations = [migrations.RunSQL(UP, DOWN)]
