"""One lock recipe, idempotency keys and running numbers, with real connections side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from runde.foundation.trust.api import Conflict, fence, hold, next_numbers, once
from runde.foundation.trust.models import Counter, IdempotencyKey


def side_by_side(count: int, act: object) -> list[object]:
    """Run `act(i)` in threads of their own, each with its own connection."""

    def run(index: int) -> object:
        try:
            return act(index)  # type: ignore[operator]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_running_numbers_have_no_holes_and_no_doubles(fresh_database: str) -> None:
    tenant = uuid4()

    def take_three(_: int) -> list[int]:
        with fence(tenant):
            return list(next_numbers("case", 2026, 3))

    taken = sorted(number for numbers in side_by_side(6, take_three) for number in numbers)  # type: ignore[attr-defined]
    assert taken == list(range(1, 19))


def test_a_scarce_thing_held_by_one_is_waited_for_by_the_other(fresh_database: str) -> None:
    """Read, then write one more, under the lock: without it two would read the same value."""
    tenant = uuid4()
    with fence(tenant):
        Counter.objects.create(kind="seats", year=2026, value=0)

    def add_one(_: int) -> None:
        with fence(tenant):
            hold("seats", ["b", "a"])
            seats = Counter.objects.get(kind="seats")
            Counter.objects.filter(id=seats.id).update(value=seats.value + 1)

    side_by_side(8, add_one)
    with fence(tenant):
        assert Counter.objects.get(kind="seats").value == 8


def test_the_same_key_twice_at_once_does_the_work_once(fresh_database: str, at: datetime) -> None:
    tenant, done = uuid4(), []

    def act(_: int) -> str:
        with fence(tenant):
            return str(
                once(operation="pay", key="k1", body={"sum": "10"}, at=at, work=lambda: _work(done))["id"]
            )

    answers = side_by_side(6, act)
    assert len(done) == 1
    assert set(answers) == {done[0]}


def _work(done: list[str]) -> dict[str, str]:
    done.append(str(uuid4()))
    return {"id": done[-1]}


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused(at: datetime) -> None:
    with fence(uuid4()):
        once(operation="pay", key="k1", body={"sum": "10"}, at=at, work=dict)
        with pytest.raises(Conflict):
            once(operation="pay", key="k1", body={"sum": "11"}, at=at, work=dict)
        assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_a_key_whose_work_failed_may_be_used_again(at: datetime) -> None:
    def fail() -> dict[str, str]:
        raise Conflict("nei")

    tenant = uuid4()
    with pytest.raises(Conflict), fence(tenant):
        once(operation="pay", key="k1", body={}, at=at, work=fail)
    with fence(tenant):
        assert once(operation="pay", key="k1", body={}, at=at, work=lambda: {"ok": True}) == {"ok": True}


@pytest.mark.django_db
def test_keys_of_two_tenants_do_not_meet(at: datetime) -> None:
    results = []
    for tenant in (UUID(int=1), UUID(int=2)):
        with fence(tenant):
            name = {"tenant": str(tenant)}
            results.append(once(operation="pay", key="same", body={}, at=at, work=lambda name=name: name))
    assert results == [{"tenant": str(UUID(int=1))}, {"tenant": str(UUID(int=2))}]


@pytest.mark.django_db
def test_the_connection_belongs_to_the_sites_own_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("runde_app", False, False)
