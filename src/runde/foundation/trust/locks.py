"""One lock recipe for everything scarce: insert if absent, lock in key order, check, write."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from .fence import current_tenant
from .ids import new_id


def hold(kind: str, keys: Iterable[str]) -> None:
    """Hold the scarce things until the transaction ends. Waits for whoever holds them now.

    A row lock on a row that does not exist locks nothing, so rows that lack are made. A row that stands is locked
    by the update that its insert runs into, which changes nothing. All in key order, so that no two callers wait
    for each other.
    """
    tenant_id = current_tenant()
    ordered = sorted(set(keys))
    if not ordered:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trust_scarcething (id, tenant_id, kind, key) "
            "SELECT i, %s, %s, k FROM unnest(%s::uuid[], %s::text[]) AS pair(i, k) ORDER BY k "
            "ON CONFLICT (tenant_id, kind, key) DO UPDATE SET key = EXCLUDED.key WHERE false",
            [tenant_id, kind, [new_id() for _ in ordered], ordered],
        )


def next_numbers(kind: str, year: int, count: int = 1) -> range:
    """Take the next `count` running numbers; the counter is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trust_counter (id, tenant_id, kind, year, value) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (tenant_id, kind, year) DO UPDATE SET value = trust_counter.value + EXCLUDED.value "
            "RETURNING value",
            [new_id(), current_tenant(), kind, year, count],
        )
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
