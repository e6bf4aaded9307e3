"""Public holidays, working days and the counting of legal deadlines.

Counting follows the Courts of Justice Act (domstolloven) §§ 148-149: a period in weeks ends on the same
weekday, and a last day on a Saturday, Sunday or public holiday moves to the next working day. 24 and 31
December are ordinary days in this respect.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

import holidays

from runde.engine.reference.errors import UnknownFigure
from runde.engine.reference.package_data import load

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A deadline in the law: how many of what, from when to when it holds, and where it stands."""

    key: str
    count: int
    unit: Literal["weeks", "months", "working_days", "years"]
    valid_from: date | None
    valid_to: date | None
    source: str


def public_holidays(year: int) -> frozenset[date]:
    """The Norwegian public holidays of the year, Sundays as such not counted."""
    return _holidays(year)


def is_public_holiday(day: date) -> bool:
    return day in _holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a public holiday."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def is_bank_day(day: date) -> bool:
    """Whether a domestic payment can be executed that day: the working days.

    The banks keep 24 and 31 December open, with early cut-offs; whoever pays then must be early.
    """
    return is_working_day(day)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, otherwise the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def next_bank_day(day: date) -> date:
    """The day itself when it is a bank day, otherwise the first one after it."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`; zero gives the day itself, moved forward to a working day."""
    if count < 0:
        raise ValueError("Count of working days cannot be negative.")
    day = next_working_day(day) if count == 0 else day
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def add_weeks_deadline(start: date, weeks: int) -> date:
    """The last day of a period of weeks from `start`."""
    return next_working_day(start + timedelta(weeks=weeks))


def add_months_deadline(start: date, months: int) -> date:
    """The last day of a period of months: the same day of the month, or the month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return next_working_day(date(year, month + 1, min(start.day, last)))


def deadline_rule(key: str, on: date) -> DeadlineRule:
    """The rule in force that day, for example "appeal". Raises UnknownFigure."""
    for rule in _rules():
        if (
            rule.key == key
            and (rule.valid_from is None or rule.valid_from <= on)
            and (rule.valid_to is None or on <= rule.valid_to)
        ):
            return rule
    raise UnknownFigure(f"Ingen frist «{key}» er lagt inn for {on.isoformat()}.")


@lru_cache(maxsize=4096)  # a batch of decisions asks for the same day a thousand times
def deadline(key: str, start: date) -> date:
    """The last day of the named deadline counted from `start`, by the rule in force on `start`."""
    rule = deadline_rule(key, start)
    if rule.unit == "working_days":
        return add_working_days(start, rule.count)
    if rule.unit == "weeks":
        return add_weeks_deadline(start, rule.count)
    return add_months_deadline(start, rule.count * (12 if rule.unit == "years" else 1))


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))


@cache
def _rules() -> tuple[DeadlineRule, ...]:
    return tuple(
        DeadlineRule(
            row["key"],
            row["count"],
            row["unit"],
            date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["source"],
        )
        for row in load("deadlines.json")["deadlines"]
    )
