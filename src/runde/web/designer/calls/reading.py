"""Moments, rates and counts as people type them; each gives what was read and the sentence that says how to mend it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.utils import timezone

from runde.engine.rules import RuleError, read_typed
from runde.web.designer.acts.sent import problem_sentence
from runde.web.designer.typed import read_day, read_whole

_CLOCK = re.compile(r"(?:kl\.?\s*)?([01]?\d|2[0-4])(?:[.:]([0-5]\d))?", re.IGNORECASE)
MOST_DAYS = 3_660
MOST_MINUTES = 1_440


def read_clock(text: str) -> tuple[time | None, str]:
    """ "23.59", "kl. 9", "12:00". Midnight at the end of a day is written 23.59."""
    found = _CLOCK.fullmatch(text.strip())
    if not text.strip():
        return None, "Skriv klokkeslettet, for eksempel 23.59."
    if found is None:
        return None, f"«{text.strip()[:20]}» er ikke et klokkeslett. Skriv for eksempel 23.59."
    if int(found[1]) == 24:
        return None, "Skriv 23.59 for slutten av dagen, eller 00.00 for begynnelsen av neste."
    return time(int(found[1]), int(found[2] or 0)), ""


def moment_of(day: date, clock: time) -> tuple[datetime | None, str]:
    """The moment in the municipality's own time. Raises nothing: a clock that is skipped in spring is told."""
    local = datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
    if local.astimezone(UTC).astimezone(local.tzinfo).time() != clock:
        return None, "Dette klokkeslettet finnes ikke den dagen: klokka stilles fram. Velg et annet."
    return local.astimezone(UTC), ""


def read_needed_day(text: str, what: str) -> tuple[date | None, str]:
    if not text.strip():
        return None, f"Skriv {what}, for eksempel 15.11.2026."
    return read_day(text.strip())


def read_rate(text: str) -> tuple[Decimal | None, str]:
    """NOK for one euro, with at most four decimals."""
    if not text.strip():
        return None, "Skriv hvor mange kroner en euro koster, for eksempel 11,7190."
    try:
        rate = Decimal(
            read_typed("decimal", text.strip().replace(".", ",") if text.count(".") == 1 else text)
        )
    except RuleError as error:
        return None, problem_sentence(error.first)
    if rate != rate.quantize(Decimal("0.0001")) or not 0 < rate < 1_000_000:
        return None, "Skriv kursen med høyst fire sifre etter komma, for eksempel 11,7190."
    return rate, ""


def read_count(text: str, *, most: int, if_empty: int | None) -> tuple[int | None, str]:
    """A whole number from 0; empty gives `if_empty`."""
    if not text.strip():
        return if_empty, ""
    count, wrong = read_whole(text.strip())
    if wrong or count is None:
        return None, wrong
    return (count, "") if 0 <= count <= most else (None, f"Skriv et tall mellom 0 og {most}.")
