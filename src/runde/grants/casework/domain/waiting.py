"""When the applicant is owed word of how long it takes, and what day to give. Pure: days in, days out.

A decision that takes long demands a provisional reply (forvaltningsloven § 11 a): why, and when to expect the answer.
When the day that was told passes too, another is owed. Days on which the municipality waited for the applicant do not
count; while it waits, nothing is owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from runde.engine.reference.api import deadline

from .clock import Pause, paused_days

RULE = "interim_reply"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What the newest provisional reply said, and when."""

    number: int
    made_date: date
    expected_date: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """An undecided case as its clock sees it. `promised_date` is what the call promised, without pauses."""

    sent_date: date
    promised_date: date
    pauses: Sequence[Pause] = ()
    told: Told | None = None


def due_on(case: Waiting, *, on: date) -> date:
    """The day word is owed: a month after it was sent, or the day after the one that was promised or told."""
    if case.told is not None:
        since = paused_days(_after(case.pauses, case.told.made_date), on=on)
        return case.told.expected_date + A_DAY + timedelta(days=since)
    paused = timedelta(days=paused_days(case.pauses, on=on))
    return min(deadline(RULE, case.sent_date), case.promised_date + A_DAY) + paused


def is_owed(case: Waiting, *, on: date) -> bool:
    """Whether word is owed that day. Never while the clock stands."""
    return not stands(case.pauses) and on >= due_on(case, on=on)


def stands(pauses: Iterable[Pause]) -> bool:
    """Whether the clock stands: the applicant has been asked and has not answered."""
    return any(one.to_date is None for one in pauses)


def standing_since(pauses: Iterable[Pause]) -> date | None:
    """The day the clock stopped, while it stands."""
    return min((one.from_date for one in pauses if one.to_date is None), default=None)


def day_to_tell(*, likely: Sequence[date], on: date, told: Told | None) -> date:
    """The first likely day that is still ahead, and later than what was told before; else a month from now.

    Nobody is told a day that has passed, and nobody is told the same day twice.
    """
    after = max(on, told.expected_date) if told else on
    return next((day for day in likely if day > after), deadline(RULE, on))


def running_day(case: Waiting, *, on: date) -> tuple[int, int]:
    """ "Dag 9 av 30": how many days have counted, and how many there are until the promised day."""
    counted = (on - case.sent_date).days - days_stood(case.pauses, on=on)
    return max(0, counted), max(1, (case.promised_date - case.sent_date).days)


def days_stood(pauses: Iterable[Pause], *, on: date) -> int:
    """How many days the clock has stood still by that day. What has not come yet has not been waited for."""
    passed = [Pause(one.from_date, one.to_date or max(on, one.from_date), one.due_date) for one in pauses]
    return paused_days(passed, on=on)


def _after(pauses: Iterable[Pause], day: date) -> list[Pause]:
    """The part of each pause that lies after the day."""
    ended = [one for one in pauses if one.to_date is None or one.to_date > day]
    return [Pause(max(one.from_date, day), one.to_date, one.due_date) for one in ended]
