"""When an answer can be expected, and how long the clock has stood still. Pure: days in, days out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Literal

SHARE_ANSWERED = 80  # per cent: "eight of ten have their answer within"
FEWEST = 10  # below this, past cases say nothing about the next
LOOKED_AT = 100  # the newest decided cases

Day = date
Basis = Literal["throughput", "deadline"]


@dataclass(frozen=True, slots=True)
class Pause:
    """A request for information: `to_date` is None while it is open. Open, it lasts at least until `due_date`."""

    from_date: date
    to_date: date | None
    due_date: date


@dataclass(frozen=True, slots=True)
class Expected:
    """When the answer can be expected. `of_how_many` decided cases lie behind "throughput", 0 behind "deadline".

    `answer_by_date` is what the call promised. Both days are moved by `paused_days`.
    """

    date: Day
    basis: Basis
    of_how_many: int
    answer_by_date: Day
    paused_days: int
    is_overdue: bool


def paused_days(pauses: Iterable[Pause], *, on: date) -> int:
    """How many days the clock has stood still, each day counted once however many requests cover it."""
    total, reached = 0, date.min
    for start, end in sorted((one.from_date, one.to_date or max(on, one.due_date)) for one in pauses):
        begin = max(start, reached)
        if end > begin:
            total += (end - begin).days
            reached = end
    return total


def usual_days(durations: Sequence[int]) -> int | None:
    """The days within which eight of ten past cases were answered (nearest rank); None for too few to tell."""
    if len(durations) < FEWEST:
        return None
    return sorted(durations)[ceil(len(durations) * SHARE_ANSWERED / 100) - 1]


def expected(
    *, sent_date: date, answer_by_date: date, durations: Sequence[int], paused: int, on: date
) -> Expected:
    """The day to expect an answer, from what past cases took or else from what the call promised."""
    usual, shift = usual_days(durations), timedelta(days=paused)
    promised = answer_by_date + shift
    day = promised if usual is None else sent_date + timedelta(days=usual) + shift
    return Expected(
        date=day,
        basis="deadline" if usual is None else "throughput",
        of_how_many=0 if usual is None else len(durations),
        answer_by_date=promised,
        paused_days=paused,
        is_overdue=on > day,
    )
