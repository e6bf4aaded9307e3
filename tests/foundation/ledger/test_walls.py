"""What the database refuses, past our own code: the site's role with plain SQL."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from runde.foundation.ledger import api as ledger
from runde.foundation.ledger.models import Account, Entry, Leg


def entry(legs: int, at: datetime) -> Entry:
    return Entry.objects.create(key=uuid4().hex, kind="test", at=at, text="", leg_count=legs)


def place(source_id: UUID, kind: str) -> Account:
    return Account.objects.get(source_id=source_id, kind=kind)


def add(written: Entry, *sides: tuple[Account, int, UUID | None], first: int = 1) -> None:
    legs = [
        Leg(
            entry=written, position=first + n, account=account, amount_nok=Decimal(amount), subject_id=subject
        )
        for n, (account, amount, subject) in enumerate(sides)
    ]
    with transaction.atomic():
        Leg.objects.bulk_create(legs)


def broken(error: pytest.ExceptionInfo[IntegrityError]) -> str:
    assert error.value.__cause__ is not None
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[attr-defined]


def test_an_entry_out_of_balance(source: UUID, at: datetime) -> None:
    available, committed = place(source, "available"), place(source, "committed")
    with pytest.raises(IntegrityError) as error:
        add(entry(2, at), (available, -10, None), (committed, 9, uuid4()))
    assert broken(error) == "ledger_entry_balanced"


def test_an_entry_that_moves_money_between_sources(source: UUID, at: datetime) -> None:
    other = uuid4()
    ledger.open_accounts(other)
    with pytest.raises(IntegrityError) as error:
        add(entry(2, at), (place(source, "available"), -10, None), (place(other, "available"), 10, None))
    assert broken(error) == "ledger_entry_balanced"


def test_a_balanced_pair_added_to_an_older_entry(source: UUID, at: datetime) -> None:
    available, committed, case = place(source, "available"), place(source, "committed"), uuid4()
    written = entry(2, at)
    add(written, (available, -10, None), (committed, 10, case))
    for first in (1, 3):
        with pytest.raises(IntegrityError) as error:
            add(written, (available, -5, None), (committed, 5, case), first=first)
        assert broken(error) in ("ledger_leg_once", "ledger_entry_complete")
    assert ledger.balances([source])[source].committed == 10


def test_an_entry_with_fewer_legs_than_it_says(source: UUID, at: datetime) -> None:
    with pytest.raises(IntegrityError) as error:
        add(entry(3, at), (place(source, "available"), -10, None), (place(source, "committed"), 10, uuid4()))
    assert broken(error) == "ledger_entry_complete"


def test_a_case_on_the_sources_own_account_and_none_on_the_cases(source: UUID, at: datetime) -> None:
    available, committed = place(source, "available"), place(source, "committed")
    for sides in (
        [(available, -10, uuid4()), (committed, 10, uuid4())],
        [(available, -10, None), (committed, 10, None)],
    ):
        with pytest.raises(IntegrityError) as error:
            add(entry(2, at), *sides)
        assert broken(error) == "ledger_leg_place_fits"


def test_an_account_below_its_floor(source: UUID, at: datetime) -> None:
    with pytest.raises(IntegrityError) as error:
        add(
            entry(2, at),
            (place(source, "available"), -1001, None),
            (place(source, "committed"), 1001, uuid4()),
        )
    assert broken(error) == "ledger_account_floor"


def test_a_case_below_its_floor_while_the_account_stands_above(source: UUID, at: datetime) -> None:
    available, committed, paid = (place(source, kind) for kind in ("available", "committed", "paid"))
    add(entry(2, at), (available, -500, None), (committed, 500, uuid4()))
    other = uuid4()
    with pytest.raises(IntegrityError) as error:
        add(entry(2, at), (committed, -10, other), (paid, 10, other))
    assert broken(error) == "ledger_subject_floor"


def test_an_account_without_the_floor_of_its_kind(tenant: UUID) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Account.objects.create(source_id=uuid4(), kind="available", floor="none")
    assert broken(error) == "ledger_floor_fits_kind"


def test_an_entry_without_legs_cannot_be_declared(tenant: UUID, at: datetime) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        entry(0, at)
    assert broken(error) == "ledger_entry_has_legs"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_leg SET amount_nok = amount_nok * 2",
        "DELETE FROM ledger_leg",
        "TRUNCATE ledger_leg",
        "UPDATE ledger_entry SET leg_count = 4",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_account SET floor = 'none', kind = 'giver'",
    ],
)
def test_what_is_written_cannot_be_changed(source: UUID, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_leg_on_another_tenants_account(source: UUID, at: datetime) -> None:
    """The fence hides the account, so the trigger cannot vouch for it and stops."""
    with pytest.raises(IntegrityError) as error:
        add(entry(2, at), (Account(id=uuid4()), -1, None), (Account(id=uuid4()), 1, None))
    assert broken(error) == "ledger_leg_place_fits"
