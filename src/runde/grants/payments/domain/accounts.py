"""Which account holds on a day, and when a new one may be used. Pure, but for reading the rule from its file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from runde.engine.reference.api import next_bank_day

RULE = Path(__file__).parents[1] / "waiting.json"


@dataclass(frozen=True, slots=True)
class Wish:
    """A change of account as asked for."""

    id: UUID
    new_number: str
    asked_at: datetime
    effective_date: date
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """The account a case's money goes to on a day, and the change that waits, if any: then nothing is paid."""

    number: str
    waiting: Wish | None


def effective_date(asked: date) -> date:
    """The first day a new account may be used: the waiting days, then the next bank day."""
    return next_bank_day(asked + timedelta(days=_waiting_days(asked)))


def holding(own_number: str, wishes: Iterable[Wish], *, on: date) -> Holding:
    """The newest change whose day has come, else the application's own number."""
    standing = sorted((one for one in wishes if not one.is_cancelled), key=lambda one: one.asked_at)
    reached = [one for one in standing if one.effective_date <= on]
    waiting = [one for one in standing if one.effective_date > on]
    return Holding(reached[-1].new_number if reached else own_number, waiting[-1] if waiting else None)


def _waiting_days(on: date) -> int:
    for first, last, days in _waits():
        if first <= on and (last is None or on <= last):
            return days
    raise LookupError(f"No waiting time for accounts on {on}")


@cache
def _waits() -> tuple[tuple[date, date | None, int], ...]:
    rows = json.loads(RULE.read_text(encoding="utf-8"))["waits"]
    return tuple(
        (
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["days"],
        )
        for row in rows
    )
