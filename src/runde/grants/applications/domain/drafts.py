"""How long a draft is kept, and what is left of it for statistics."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

WARNED_BEFORE = timedelta(days=14)


def deletion_date(closes_on: date, keep_days: int) -> date:
    """The first day a draft is gone: it is kept this many days after the deadline."""
    return closes_on + timedelta(days=keep_days)


def warn_now(today: date, deleted_on: date, warned_for: date | None) -> bool:
    """Whether the applicant is to be warned: two weeks before, and again when the day has been moved further on."""
    if today < deleted_on - WARNED_BEFORE:
        return False
    return warned_for is None or warned_for < deleted_on


def day_told(today: date, deleted_on: date) -> date:
    """The day the warning names: never less than two weeks from when it is given, though the job was late."""
    return max(deleted_on, today + WARNED_BEFORE)


def delete_now(today: date, deleted_on: date, warned_for: date | None) -> bool:
    """Whether the draft goes today: its day has come, and so has the day the applicant was told."""
    return warned_for is not None and today >= max(deleted_on, warned_for)


def tenths_answered(answered: Collection[str], asked: Collection[str]) -> int:
    """How far they came, from 0 to 10."""
    if not asked:
        return 0
    return 10 * len(set(answered) & set(asked)) // len(set(asked))
