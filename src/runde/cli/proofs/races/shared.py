"""Money, numbers, limits and keys that many processes draw on at once."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import psycopg
from django.db import connection, transaction

from runde.adapters.postgres import launcher
from runde.foundation.ledger.api import (
    NotEnoughMoney,
    Share,
    appropriate,
    balances,
    commit_many,
    is_balanced,
    open_accounts,
)
from runde.foundation.trust.api import Conflict, TooMany, fence, next_numbers, once, take

from ..frame import Findings
from ..ground import Ground
from .crowd import PEOPLE, together

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EACH = Decimal(30)


def race_for_money(found: Findings, attempts: int) -> None:
    """Two funding sources with money for half of the attempts, drawn on in opposite orders."""
    tenant, sources = uuid4(), [uuid4(), uuid4()]
    room = max(1, attempts // 2)
    with fence(tenant):
        for source in sources:
            open_accounts(source)
            given = EACH * room + Decimal(29)
            appropriate(source_id=source, amount_nok=given, key=f"given:{source}", by=None, at=AT)
    got = together(
        lambda number: sum(
            _commit(tenant, sources[:: 1 if number % 2 else -1]) for _ in range(attempts // PEOPLE)
        )
    )
    with fence(tenant):
        standing = balances(sources)
        found.expect(is_balanced(), "the ledger does not balance after the race for money")
    wanted = min(room, attempts // PEOPLE * PEOPLE)
    found.expect(sum(got) == wanted, f"{sum(got)} commitments where there was money for {wanted}")
    for source in sources:
        left = standing[source].available
        found.expect(
            left == EACH * (room - sum(got)) + 29, f"a source stands at {left} after {sum(got)} awards"
        )


def _commit(tenant: UUID, sources: list[UUID]) -> bool:
    key, case = uuid4().hex, uuid4()
    try:
        with fence(tenant):
            commit_many([Share(key, case, source, EACH) for source in sources], by=None, at=AT)
    except NotEnoughMoney:
        return False
    return True


def race_for_numbers(found: Findings, attempts: int, seed: int) -> None:
    """Running numbers, a few at a time; some change their mind and roll back. No holes, no doubles."""
    tenant = uuid4()

    def work(number: int) -> list[int]:
        chance, taken = Random(f"{seed}:{number}"), []  # noqa: S311
        for _ in range(attempts // PEOPLE):
            with fence(tenant):
                numbers = list(next_numbers("proof", 2026, chance.randint(1, 5)))
                if chance.random() < 0.2:
                    transaction.set_rollback(True)
                    continue
            taken += numbers
        return taken

    taken = sorted(one for many in together(work) for one in many)
    found.expect(taken == list(range(1, len(taken) + 1)), "running numbers have holes or doubles")


def race_for_limit(ground: Ground, found: Findings, attempts: int) -> None:
    """A limit with room for half of the calls: exactly so many pass, whoever calls."""
    calls = attempts // PEOPLE * PEOPLE
    burst = max(1, calls // 2)
    with psycopg.connect(ground.dsn(launcher.SUPERUSER)) as superuser:
        superuser.execute(
            "INSERT INTO trust_ratelimit (name, burst, period_ms, enforced) VALUES ('proof', %s, 3600000, true)",
            [burst],
        )
    passed = sum(together(lambda number: sum(_call() for _ in range(calls // PEOPLE))))
    found.expect(passed == burst, f"{passed} calls passed a limit of {burst}")


def _call() -> bool:
    try:
        with transaction.atomic():
            take("proof", "everybody")
    except TooMany:
        return False
    return True


def race_for_keys(found: Findings, attempts: int) -> None:
    """Everybody sends the same requests: each has one effect and one answer, and another body is refused."""
    tenant, count = uuid4(), max(1, attempts // PEOPLE)
    answers = together(lambda number: [_once(tenant, f"key {place}", "same") for place in range(count)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, count(*) FROM proof_use WHERE tenant_id = %s GROUP BY key", [tenant])
        effects = dict(cursor.fetchall())
    found.expect(
        effects == {f"key {place}": 1 for place in range(count)}, "a repeated request had two effects or none"
    )
    found.expect(all(each == answers[0] for each in answers), "the same request got different answers")
    refused = together(
        lambda number: sum(_refused(tenant, f"key {place}") for place in range(min(count, 20)))
    )
    found.expect(set(refused) == {min(count, 20)}, "a known key with another body was not refused")


def _once(tenant: UUID, key: str, body: str) -> str:
    def work() -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO proof_use VALUES (%s, %s, 1)", [tenant, key])
        return {"id": uuid4().hex}

    with fence(tenant):
        return str(once(operation="proof", key=key, body={"body": body}, at=AT, work=work)["id"])


def _refused(tenant: UUID, key: str) -> bool:
    try:
        _once(tenant, key, "other")
    except Conflict:
        return True
    return False
