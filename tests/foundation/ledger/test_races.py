"""Many at once, each with a connection of its own: the last krone is used once, whatever the code does.

The walls are tried twice: through the door, where money is held first, and with plain SQL, where only the
database's own check stands. The planted fault (that check taken away) must let money out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from runde.adapters.postgres import launcher
from runde.foundation.ledger import api as ledger
from runde.foundation.ledger.models import Account, Entry, Leg
from runde.foundation.trust.api import fence
from tests import database

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THREADS, ATTEMPTS, EACH, GIVEN = 8, 10, Decimal(30), Decimal(1000)
FIT = int(GIVEN / EACH)

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def races(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """One database for the whole file: each test has a tenant of its own, and nothing is rolled back."""
    name = f"runde_races_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), database.clone(name):
        yield name
        database.close_connections()


def given_source(tenant: UUID) -> UUID:
    source = uuid4()
    with fence(tenant):
        ledger.open_accounts(source)
        ledger.appropriate(source_id=source, amount_nok=GIVEN, key=f"given:{source}", by=None, at=AT)
    return source


def at_once(work: Callable[[int], bool], threads: int = THREADS) -> int:
    """Start all together, each `ATTEMPTS` times; gives how many succeeded."""
    barrier = Barrier(threads)

    def run(number: int) -> int:
        barrier.wait()
        try:
            return sum(work(number) for _ in range(ATTEMPTS))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(run, range(threads)))


def commit_through_the_door(tenant: UUID, source: UUID) -> bool:
    try:
        with fence(tenant):
            ledger.commit_many([ledger.Share(uuid4().hex, uuid4(), source, EACH)], by=None, at=AT)
    except ledger.NotEnoughMoney:
        return False
    return True


def commit_with_plain_sql(tenant: UUID, source: UUID) -> bool:
    try:
        with fence(tenant):
            places = {account.kind: account for account in Account.objects.filter(source_id=source)}
            entry = Entry.objects.create(key=uuid4().hex, kind="test", at=AT, text="", leg_count=2)
            out = Leg(entry=entry, position=1, account=places["available"], amount_nok=-EACH)
            into = Leg(
                entry=entry, position=2, account=places["committed"], amount_nok=EACH, subject_id=uuid4()
            )
            Leg.objects.bulk_create([out, into])
    except DatabaseError:
        return False
    return True


def available(tenant: UUID, source: UUID) -> Decimal:
    with fence(tenant):
        return ledger.balances([source])[source].available


@pytest.mark.parametrize("way", [commit_through_the_door, commit_with_plain_sql])
def test_the_last_krone_is_used_once(races: str, way: Callable[[UUID, UUID], bool]) -> None:
    tenant = uuid4()
    source = given_source(tenant)
    assert at_once(lambda _: way(tenant, source)) == FIT
    assert available(tenant, source) == GIVEN - FIT * EACH


def test_without_the_databases_check_the_same_race_overdraws(races: str) -> None:
    """The control: if this finds nothing, the race above proves nothing."""
    tenant = uuid4()
    source = given_source(tenant)
    with psycopg.connect(database.server().dsn(races, launcher.OWNER)) as owner:
        owner.execute("ALTER TABLE ledger_leg DISABLE TRIGGER ledger_leg_check")
        owner.commit()
        done = at_once(lambda _: commit_with_plain_sql(tenant, source))
        owner.execute("ALTER TABLE ledger_leg ENABLE TRIGGER ledger_leg_check")
    assert done == THREADS * ATTEMPTS
    assert available(tenant, source) < 0


def test_two_sources_in_opposite_order_never_wait_for_each_other(races: str) -> None:
    tenant = uuid4()
    sources = [given_source(tenant), given_source(tenant)]

    def commit(number: int) -> bool:
        ordered = sources if number % 2 else sources[::-1]
        key, case = uuid4().hex, uuid4()
        with fence(tenant):
            ledger.commit_many(
                [ledger.Share(key, case, source, Decimal(1)) for source in ordered], by=None, at=AT
            )
        return True

    assert at_once(commit) == THREADS * ATTEMPTS
    assert {available(tenant, source) for source in sources} == {GIVEN - THREADS * ATTEMPTS}


def test_one_key_from_many_is_one_entry(races: str) -> None:
    tenant, case = uuid4(), uuid4()
    source = given_source(tenant)

    def commit(_: int) -> bool:
        with fence(tenant):
            ledger.commit_many([ledger.Share("decision:1", case, source, EACH)], by=None, at=AT)
        return True

    at_once(commit)
    assert available(tenant, source) == GIVEN - EACH


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_older_snapshot_may_not_post(races: str, isolation: str) -> None:
    tenant = uuid4()
    source = given_source(tenant)
    with pytest.raises(DatabaseError, match="READ COMMITTED"):
        commit_isolated(tenant, source, isolation)
    assert available(tenant, source) == GIVEN


def commit_isolated(tenant: UUID, source: UUID, isolation: str) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
        with fence(tenant):
            ledger.commit_many([ledger.Share("k", uuid4(), source, EACH)], by=None, at=AT)


def test_ten_thousand_legs_in_one_posting(races: str) -> None:
    """Its time is measured by the benchmarks; here that it is one statement's work and exact."""
    tenant = uuid4()
    source = given_source(tenant)
    shares = [ledger.Share(f"decision:{n}", uuid4(), source, Decimal("0.20")) for n in range(5000)]
    with fence(tenant):
        ledger.commit_many(shares, by=None, at=AT)
        assert Leg.objects.count() == 10_002
    assert available(tenant, source) == 0
