"""The fence of the database alone: plain SQL as the site's role, without any of our Python in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg import errors, sql

from runde.adapters.postgres import launcher

from ..ground import Ground

Connection = psycopg.Connection[Any]

READ_BY_ALL = {
    "schemes_announcement",
    "designs_sharedscheme",
    "aid_aidaward",
    "aid_declaredaid",
    "aid_undertakingruling",
    "forms_bankquestion",
}
"""Fenced for writing only: published announcements and the region's shelves are for everybody."""

FENCED = """
SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT a.attisdropped
ORDER BY 1
"""


def tables_with_tenants(connection: Connection) -> list[str]:
    """Every relation of the schema that says whose its rows are."""
    return [name for (name,) in connection.execute(FENCED)]


def empty_tables(connection: Connection, tables: list[str], tenants: list[UUID]) -> list[str]:
    """Where a tenant has no rows, nothing can be proven. Asked as superuser."""
    return [
        f"{table}: no rows for {tenant}, so the fence was not tried"
        for table in tables
        for tenant in tenants
        if not _number(connection, sql.SQL("SELECT count(*) FROM {} WHERE tenant_id = %s"), table, tenant)
    ]


def leaks(site: Connection, tables: list[str], mine: UUID, theirs: UUID) -> list[str]:
    """What the site's role could see or do of `theirs`: with no tenant set, and with `mine` set."""
    wrong = []
    for setting in ("", str(mine)):
        for table in tables:
            with _tried(site, setting):
                wrong += [
                    f"{table}, tenant set to «{setting}»: {what}" for what in _try(site, table, mine, theirs)
                ]
    return wrong


def leaks_as_site(ground: Ground, tables: list[str], mine: UUID, theirs: UUID) -> list[str]:
    """The same, signed in as the site itself."""
    with psycopg.connect(ground.dsn(launcher.APP)) as site:
        return leaks(site, tables, mine, theirs)


def _try(site: Connection, table: str, mine: UUID, theirs: UUID) -> Iterator[str]:
    if table not in READ_BY_ALL:
        seen = _changed(site, "SELECT 1 FROM {} WHERE tenant_id = %s", table, theirs)
        if seen:
            yield f"{seen} rows can be read"
        seen = _changed(site, "SELECT 1 FROM {} WHERE tenant_id <> %s", table, mine)
        if seen:
            yield f"{seen} rows of others can be read"
    for verb, statement, values in (
        ("changed", "UPDATE {} SET tenant_id = tenant_id WHERE tenant_id = %s", (theirs,)),
        ("given away", "UPDATE {} SET tenant_id = %s WHERE tenant_id = %s", (theirs, mine)),
        ("taken over", "UPDATE {} SET tenant_id = %s WHERE tenant_id = %s", (mine, theirs)),
        ("deleted", "DELETE FROM {} WHERE tenant_id = %s", (theirs,)),
    ):
        touched = _changed(site, statement, table, *values)
        if touched:
            yield f"{touched} rows can be {verb}"
    if not _insert_is_refused(site, table, theirs):
        yield "a row can be added for another tenant"


def _changed(site: Connection, statement: str, table: str, *values: UUID) -> int:
    """How many rows the statement touched; what the database refuses touches none. Undone afterwards."""
    with _undone(site):
        try:
            return site.execute(sql.SQL(statement).format(sql.Identifier(table)), values).rowcount
        except psycopg.DatabaseError:
            return 0


def _insert_is_refused(site: Connection, table: str, theirs: UUID) -> bool:
    """The policy is asked before any other constraint, so a row with nothing but a tenant is enough to try it."""
    statement = sql.SQL("INSERT INTO {} (tenant_id) VALUES (%s)").format(sql.Identifier(table))
    with _undone(site):
        try:
            site.execute(statement, [theirs])
        except errors.InsufficientPrivilege:
            return True
        except psycopg.DatabaseError:
            return False
    return False


@contextmanager
def _tried(site: Connection, setting: str) -> Iterator[None]:
    with _undone(site):
        site.execute("SELECT set_config('runde.tenant', %s, true)", [setting])
        yield


@contextmanager
def _undone(site: Connection) -> Iterator[None]:
    with site.transaction(force_rollback=True):
        yield


def _number(connection: Connection, question: sql.SQL, table: str, *values: UUID) -> int:
    row = connection.execute(question.format(sql.Identifier(table)), values).fetchone()
    return int(row[0]) if row else 0
