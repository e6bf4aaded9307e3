"""Planted holes in the walls: each is dug in a transaction, must be found, and is undone."""

from __future__ import annotations

from uuid import UUID

import psycopg

from runde.adapters.postgres import launcher

from ..frame import Findings
from ..ground import Ground
from .catalog import broken_rules, differences, gather
from .committed import committed
from .fence import leaks, tables_with_tenants

FENCE_HOLES = {
    "a fence put to sleep": "ALTER TABLE casework_case DISABLE ROW LEVEL SECURITY",
    "a policy gone, another wide open": "DROP POLICY tenant_fence ON payments_payment; "
    "CREATE POLICY tenant_fence ON payments_payment USING (true) WITH CHECK (true)",
    "reading fenced, writing not": "DROP POLICY tenant_fence ON notices_notice; "
    "CREATE POLICY tenant_fence ON notices_notice USING (tenant_id = "
    "(SELECT nullif(current_setting('runde.tenant', true), '')::uuid)) WITH CHECK (true)",
    "a new table without a fence": "CREATE TABLE planted (id uuid, tenant_id uuid); "
    "ALTER TABLE planted OWNER TO runde_owner; GRANT SELECT, INSERT, UPDATE, DELETE ON planted TO runde_app; "
    "INSERT INTO planted SELECT id, tenant_id FROM casework_case",
    "a view that ignores the tenant": "CREATE VIEW planted AS SELECT * FROM casework_case; "
    "GRANT SELECT ON planted TO runde_app",
    "a materialised view": "CREATE MATERIALIZED VIEW planted AS SELECT * FROM casework_case; "
    "GRANT SELECT ON planted TO runde_app",
    "a site that passes fences": "ALTER ROLE runde_app BYPASSRLS",
}
CATALOG_HOLES = {
    **FENCE_HOLES,
    "a fence the owner passes": "ALTER TABLE casework_case NO FORCE ROW LEVEL SECURITY",
    "a policy gone": "DROP POLICY tenant_fence ON casework_case",
    "a key that may leave the tenant": "ALTER TABLE casework_case DROP CONSTRAINT casework_case_application_id_fence",
    "a view with its owner's power": "CREATE VIEW planted AS SELECT * FROM casework_case; "
    "ALTER VIEW planted OWNER TO runde_owner",
    "truncation allowed": "GRANT TRUNCATE ON journal_event TO runde_app",
    "decisions that may be changed": "GRANT UPDATE ON casework_decision TO runde_app",
    "one column that may be changed": "GRANT UPDATE (amount_nok) ON casework_decision TO runde_app",
    "a right for everybody": "GRANT SELECT ON casework_case TO PUBLIC",
    "a trigger gone": "DROP TRIGGER ledger_leg_check ON ledger_leg",
    "a trigger asleep": "ALTER TABLE journal_event DISABLE TRIGGER append_only",
    "a function with somebody's power": "CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
    "AS 'SELECT count(*) FROM casework_case'",
    "erasure for the site": "GRANT EXECUTE ON FUNCTION journal_erase(uuid, text, text) TO runde_app",
    "a checker that writes": "GRANT UPDATE ON casework_case TO runde_check",
    "a site that owns": "ALTER TABLE casework_case OWNER TO runde_app",
    "a site that is owner too": "GRANT runde_owner TO runde_app",
    "unique across tenants": "CREATE UNIQUE INDEX planted ON applications_application (organisation_number, id)",
}


def plant(ground: Ground, found: Findings, mine: UUID, theirs: UUID) -> None:
    """Dig every hole and note which were not found."""
    with psycopg.connect(ground.dsn(launcher.SUPERUSER)) as connection:
        for name, hole in FENCE_HOLES.items():
            with connection.transaction(force_rollback=True):
                connection.execute(hole)
                tables = tables_with_tenants(connection)
                connection.execute("SET LOCAL ROLE runde_app")
                found.control(f"fence: {name}", leaks(connection, tables, mine, theirs))
        for name, hole in CATALOG_HOLES.items():
            with connection.transaction(force_rollback=True):
                connection.execute(hole)
                facts = gather(connection)
                found.control(f"catalog: {name}", broken_rules(facts) or differences(facts, committed()))
