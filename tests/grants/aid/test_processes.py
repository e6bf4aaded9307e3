"""Municipalities deciding at once, each in a process of its own: the ceilings hold in sum over all of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from runde.engine.reference.api import aid_ceiling
from runde.foundation.trust.api import fence
from runde.grants.aid import recording
from runde.grants.aid.api import OverCeiling
from runde.grants.aid.reckoning import Reckoned, Wanted, reckon
from tests.factories import TenantFactory

from .conftest import a_grant

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CEILING = aid_ceiling("general", AT.date()).amount
UNITS = [f"31000000{place}" for place in range(4)]
ATTEMPTS = 15
PATIENCE = 300
"""Seconds a process may take on a machine that has much else to do; alone it takes two."""
SMALLEST, LARGEST = 5_000, 60_000

pytestmark = pytest.mark.proof


def unheld(wanted: Sequence[Wanted], *, on: Any, holds: bool) -> list[Reckoned]:
    """The wrong recipe: the room is read, and held by nobody."""
    return reckon(wanted, on=on, holds=False)


def decide(tenant: UUID, seed: int, recipe: Any) -> None:
    """What one process does: grants to two of the undertakings at a time, in no fixed order."""
    connections.close_all()
    recording.reckon = recipe  # type: ignore[attr-defined]
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(ATTEMPTS):
        units = chance.sample(UNITS, k=2)
        given = [a_grant(chance.randint(SMALLEST, LARGEST), AT.date(), unit=one) for one in units]
        try:
            with fence(tenant):
                recording.record_awards(given, at=AT)
        except OverCeiling:
            continue
    connections.close_all()


def all_at_once(count: int, recipe: Any) -> dict[str, Decimal]:
    """So many municipalities deciding; what each undertaking then has, in euro, asked of the database itself."""
    tenants = [TenantFactory.create().id for _ in range(count)]
    connections.close_all()
    fork = get_context("fork")
    running = [fork.Process(target=decide, args=(one, seed, recipe)) for seed, one in enumerate(tenants)]
    for one in running:
        one.start()
    for one in running:
        one.join(timeout=PATIENCE)
        one.kill()
    assert [one.exitcode for one in running] == [0] * count
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation_number, sum(amount_eur) FROM aid_aidaward GROUP BY 1")
        return dict(cursor.fetchall())


@pytest.mark.parametrize("processes", [2, 8])
def test_municipalities_never_use_the_same_room(fresh_database: str, processes: int) -> None:
    used = all_at_once(processes, reckon)
    assert max(used.values()) <= CEILING
    assert max(used.values()) > CEILING - LARGEST, "the room was not fought for, so nothing was tried"


def test_reading_the_room_without_holding_it_is_found_out(fresh_database: str) -> None:
    """The control: the same fight by the wrong recipe goes past a ceiling, so the test above can fail."""
    assert max(all_at_once(8, unheld).values()) > CEILING
