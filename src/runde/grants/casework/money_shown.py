"""What the applicant is shown of the money. The room that pays lies above and says how it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AccountState:
    """The account the money goes to, its ends only. `new_masked` and the days are there while a change waits."""

    masked: str
    change_id: UUID | None
    new_masked: str
    effective_date: date | None
    can_change: bool


@dataclass(frozen=True, slots=True)
class MoneyState:
    """How far the newest payment has come: waiting, prepared, sealed or sent.

    `earlier_nok` is what older payments in the same case have carried, when the grant has been raised since.
    """

    state: str
    amount_nok: Decimal
    due_date: date
    execution_date: date | None
    sent_at: datetime | None
    account: AccountState
    earlier_nok: Decimal = Decimal(0)


class MoneyReader(Protocol):
    def __call__(self, case_ids: Collection[UUID], at: datetime) -> Mapping[UUID, MoneyState]: ...


_readers: list[MoneyReader] = []


def show_money_by(reader: MoneyReader) -> None:
    """Once, by the room that pays."""
    if reader not in _readers:
        _readers.append(reader)


def money_of(case_ids: Collection[UUID], at: datetime) -> dict[UUID, MoneyState]:
    """By case; cases in which nothing is owed are not there."""
    found: dict[UUID, MoneyState] = {}
    for read in _readers:
        found |= read(case_ids, at)
    return found
