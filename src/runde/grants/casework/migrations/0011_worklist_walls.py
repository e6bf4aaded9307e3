"""Fences for what the list keeps, and the database counts the cases itself, however they are changed.

Each statement that changes cases adds what it did to the tallies: rows are only added, so no two wait for each other.
"""

from django.db import migrations

from runde.foundation.trust.migration_operations import FenceTable

PLACES = """
    INSERT INTO casework_tally
        (id, tenant_id, call_id, kind, state, lane, key, until_date, cases, recommended_nok)
    SELECT gen_random_uuid(), tenant_id, call_id, place.kind, place.state, place.lane, place.key, place.until_date,
        sum(sign), sum(sign * coalesce(recommended_nok, 0))
    FROM turned CROSS JOIN LATERAL (VALUES
        ('lane', state, lane, '', CASE WHEN state = 'open' THEN hold_until_date END),
        (CASE WHEN state = 'open' THEN 'officer' END, state, '', coalesce(assigned_to::text, ''), hold_until_date),
        (CASE WHEN state = 'open' THEN 'municipality' END, state, '', municipality_number, hold_until_date),
        (CASE WHEN state IN ('open', 'proposed') THEN 'due' END, state, '', answer_by_date::text, NULL::date)
    ) AS place(kind, state, lane, key, until_date)
    WHERE place.kind IS NOT NULL
    GROUP BY tenant_id, call_id, place.kind, place.state, place.lane, place.key, place.until_date
    HAVING sum(sign) <> 0 OR sum(sign * coalesce(recommended_nok, 0)) <> 0;
"""
COLUMNS = (
    "tenant_id, call_id, state, lane, assigned_to, municipality_number, answer_by_date, hold_until_date, "
    "recommended_nok"
)
UP = f"""
CREATE FUNCTION casework_tally_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH turned AS (SELECT {COLUMNS}, 1 AS sign FROM added) {PLACES}
    RETURN NULL;
END $$;
CREATE FUNCTION casework_tally_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH turned AS (
        SELECT {COLUMNS}, 1 AS sign FROM added UNION ALL SELECT {COLUMNS}, -1 FROM removed
    ) {PLACES}
    RETURN NULL;
END $$;
CREATE FUNCTION casework_tally_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH turned AS (SELECT {COLUMNS}, -1 AS sign FROM removed) {PLACES}
    RETURN NULL;
END $$;
CREATE TRIGGER casework_tally_added AFTER INSERT ON casework_case
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION casework_tally_added();
CREATE TRIGGER casework_tally_changed AFTER UPDATE ON casework_case
    REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT
    EXECUTE FUNCTION casework_tally_changed();
CREATE TRIGGER casework_tally_removed AFTER DELETE ON casework_case
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION casework_tally_removed();

DO $$
DECLARE
    tenant uuid;
BEGIN
    FOR tenant IN SELECT id FROM organisations_organisation WHERE is_tenant LOOP
        PERFORM set_config('runde.tenant', tenant::text, true);
        WITH turned AS (SELECT {COLUMNS}, 1 AS sign FROM casework_case WHERE tenant_id = tenant) {PLACES}
    END LOOP;
    PERFORM set_config('runde.tenant', '', true);
END $$;
"""  # noqa: S608 - no value comes from outside
DOWN = """
DROP TRIGGER casework_tally_added ON casework_case; DROP FUNCTION casework_tally_added();
DROP TRIGGER casework_tally_changed ON casework_case; DROP FUNCTION casework_tally_changed();
DROP TRIGGER casework_tally_removed ON casework_case; DROP FUNCTION casework_tally_removed();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_worklist")]

    operations = [
        FenceTable("casework_tally"),
        FenceTable("casework_selection"),
        FenceTable("casework_bulkact"),
        FenceTable("casework_savedview"),
        FenceTable("casework_municipalityofficer"),
        migrations.RunSQL(UP, DOWN),
    ]
