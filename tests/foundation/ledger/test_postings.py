"""Money through the door: where it stands after each posting, and what is refused."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.ledger import api as ledger
from runde.foundation.ledger.api import Share, Standing
from runde.foundation.ledger.domain import FLOORS, Place
from runde.foundation.ledger.models import Account, Entry


def stand(source_id: UUID) -> Standing:
    return ledger.balances([source_id])[source_id]


def share(source_id: UUID, amount: int | str, case_id: UUID | None = None, key: str = "") -> Share:
    return Share(key or uuid4().hex, case_id or uuid4(), source_id, Decimal(amount))


def test_the_places_of_the_domain_are_the_accounts_of_the_table() -> None:
    assert {place.value for place in Place} == set(Account.Kind.values)
    assert {FLOORS[place] for place in Place} == set(Account.Floor.values)


def test_money_goes_from_giver_to_recipient(source: UUID, at: datetime) -> None:
    case = uuid4()
    ledger.commit_many([share(source, "400.50", case)], by=None, at=at)
    assert stand(source) == Standing(Decimal(1000), Decimal("599.50"), Decimal("400.50"))
    ledger.to_bank_file_many([share(source, "400.50", case)], by=None, at=at)
    assert ledger.of_case(case) == Standing(committed=Decimal("0.00"), in_bank_file=Decimal("400.50"))
    ledger.mark_paid_many([share(source, "400.50", case)], by=None, at=at)
    assert stand(source) == Standing(
        Decimal(1000), Decimal("599.50"), Decimal(0), Decimal(0), Decimal("400.50")
    )
    assert ledger.is_balanced()


def test_released_money_can_be_used_again(source: UUID, at: datetime) -> None:
    case = uuid4()
    ledger.commit_many([share(source, 1000, case)], by=None, at=at)
    ledger.release_many([share(source, 300, case)], by=None, at=at)
    ledger.commit_many([share(source, 300)], by=None, at=at)
    assert stand(source).available == 0


def test_a_source_without_accounts_stands_at_nothing(tenant: UUID) -> None:
    assert stand(uuid4()) == Standing()


def test_a_shortage_is_refused_with_the_missing_amount_and_nothing_is_booked(
    source: UUID, at: datetime
) -> None:
    with pytest.raises(ledger.NotEnoughMoney, match="Det mangler 41.kroner") as refused:
        ledger.commit_many([share(source, 600), share(source, 441)], by=None, at=at)
    assert refused.value.facts == {"source_id": source, "short_nok": Decimal(41)}
    assert stand(source).available == 1000


def test_more_than_the_case_has_cannot_be_paid(source: UUID, at: datetime) -> None:
    case = uuid4()
    ledger.commit_many([share(source, 500, case), share(source, 100)], by=None, at=at)
    with pytest.raises(ledger.NotThatMuchOnCase, match="ikke så mye penger på saken"):
        ledger.to_bank_file_many([share(source, "500.01", case)], by=None, at=at)
    assert ledger.of_case(case).committed == 500


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1000000000000"])
def test_an_odd_amount_is_refused(source: UUID, at: datetime, amount: str) -> None:
    with pytest.raises(ledger.InvalidAmount):
        ledger.commit_many([share(source, amount)], by=None, at=at)


def test_a_float_is_refused(source: UUID, at: datetime) -> None:
    with pytest.raises(ledger.InvalidAmount):
        ledger.commit_many([Share("k", uuid4(), source, 10.0)], by=None, at=at)  # type: ignore[arg-type]


def test_an_unopened_source_is_refused(tenant: UUID, at: datetime) -> None:
    with pytest.raises(ledger.UnknownSource, match="Registrer budsjettvedtaket"):
        ledger.commit_many([share(uuid4(), 1)], by=None, at=at)


def test_the_same_key_again_does_nothing(source: UUID, at: datetime) -> None:
    first = share(source, 700, key="decision:1")
    ledger.commit_many([first], by=None, at=at)
    ledger.commit_many([first, share(source, 300, key="decision:2")], by=None, at=at)
    assert stand(source).committed == 1000
    assert Entry.objects.filter(kind="commitment").count() == 2


def test_the_same_key_with_other_content_is_refused(source: UUID, at: datetime) -> None:
    first = share(source, 70, key="decision:1")
    ledger.commit_many([first], by=None, at=at)
    for other in (first._replace(amount_nok=Decimal(71)), first._replace(case_id=uuid4())):
        with pytest.raises(ledger.PostedOtherwise):
            ledger.commit_many([other], by=None, at=at)
    with pytest.raises(ledger.PostedOtherwise):
        ledger.release_many([first], by=None, at=at)
    assert stand(source).committed == 70


def test_one_decision_over_two_sources_is_one_entry(source: UUID, at: datetime) -> None:
    other, case = uuid4(), uuid4()
    ledger.open_accounts(other)
    ledger.open_accounts(other)
    ledger.appropriate(source_id=other, amount_nok=Decimal(50), key="other", by=None, at=at)
    ledger.commit_many([share(source, 1000, case, "d"), share(other, 50, case, "d")], by=None, at=at)
    assert Entry.objects.get(key="d").leg_count == 4
    assert ledger.of_case(case).committed == 1050


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(source: UUID, at: datetime, rows: int) -> None:
    shares = [share(source, 10) for _ in range(rows)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ledger.commit_many(shares, by=None, at=at)
    assert len(queries) == 8


def test_no_postings_is_no_work(source: UUID, at: datetime) -> None:
    ledger.commit_many([], by=None, at=at)
    assert Entry.objects.count() == 1
