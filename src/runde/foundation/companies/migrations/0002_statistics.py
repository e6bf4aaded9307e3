# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Let the site refresh the planner's statistics after an import (from PostgreSQL 17, where that is a right)."""

from django.db import migrations

TABLES = "companies_company, companies_subunit, companies_searchword, companies_confirmation"
GRANT = f"""
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 170000
       AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'runde_app') THEN
        EXECUTE 'GRANT MAINTAIN ON {TABLES} TO runde_app';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial")]
    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
