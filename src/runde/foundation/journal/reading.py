"""Reads whole chains across tenants, through the read-only role that passes the fences and can write nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connections

from runde.foundation.trust.api import Refused

from .verification import Row

CHECK = "check"


class NoCheckRole(Refused):
    """There is no connection for the read-only role."""

    code = "no_check_role"


COLUMNS = """
seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')::bytea,
convert_to(coalesce(actor_id::text, ''), 'UTF8'), convert_to(action, 'UTF8'), convert_to(subject_kind, 'UTF8'),
convert_to(subject_id, 'UTF8'), convert_to(payload, 'UTF8'), salt, payload_hash, previous_hash, hash, format
"""


@contextmanager
def checker() -> Iterator[psycopg.Connection[Any]]:
    """The read-only role's connection, in one transaction that sees one moment. Raises NoCheckRole."""
    if CHECK not in connections:
        raise NoCheckRole("Kontrollrollen er ikke satt opp. Sett DATABASE_CHECK_URL til rollen runde_check.")
    django = connections[CHECK]
    django.ensure_connection()
    connection: psycopg.Connection[Any] = django.connection
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


def stream_rows(connection: psycopg.Connection[Any], tenant_id: UUID, chain: str) -> Iterator[Row]:
    """The chain's rows in order, a few thousand at a time."""
    with connection.cursor(f"journal_{uuid4().hex}", binary=True) as cursor:
        cursor.itersize = 5000
        cursor.execute(
            f"SELECT {COLUMNS} FROM journal_event WHERE tenant_id = %s AND chain = %s ORDER BY seq",  # noqa: S608
            [tenant_id, chain],
        )
        yield from map(Row._make, cursor)


def stated_heads(connection: psycopg.Connection[Any]) -> dict[tuple[UUID, str], tuple[int, bytes]]:
    """Each chain's head as the database states it."""
    rows = connection.execute("SELECT tenant_id, chain, seq, hash FROM journal_head").fetchall()
    return {(tenant_id, chain): (seq, bytes(digest)) for tenant_id, chain, seq, digest in rows}


def chains_with_events(connection: psycopg.Connection[Any]) -> set[tuple[UUID, str]]:
    return set(connection.execute("SELECT DISTINCT tenant_id, chain FROM journal_event").fetchall())


def told_by_tenants(connection: psycopg.Connection[Any]) -> list[tuple[UUID, str, str]]:
    """What tenants' journals say of each other's heads: who, when, and the payload as JSON text."""
    rows = connection.execute(
        "SELECT tenant_id, to_char(at, 'YYYY-MM-DD'), payload FROM journal_event "
        "WHERE action = 'journal.witnessed' AND payload IS NOT NULL ORDER BY at, seq"
    )
    return rows.fetchall()
