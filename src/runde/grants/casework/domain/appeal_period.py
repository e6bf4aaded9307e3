"""The last day to appeal. Pure. docs/decisions/0010 says why it is counted so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from runde.engine.reference.api import deadline

StartedBy = Literal["notice", "reading"]


@dataclass(frozen=True, slots=True)
class AppealPeriod:
    """When the period began and ends. `started_by` None: not begun, and nobody can be late.

    `last_date` is never before the day the letter names.
    """

    last_date: date
    start_date: date | None
    started_by: StartedBy | None

    def is_late(self, on: date) -> bool:
        return self.start_date is not None and on > self.last_date


def appeal_period(
    *, in_letter: date, available_date: date | None, notified_date: date | None, read_date: date | None
) -> AppealPeriod:
    """From the day the letter could be read and the party was told, or from when they had in fact read it."""
    started: list[tuple[date, StartedBy]] = []
    if available_date and notified_date:
        started.append((max(available_date, notified_date), "notice"))
    if read_date:
        started.append((read_date, "reading"))
    if not started:
        return AppealPeriod(in_letter, None, None)
    start, by = min(started)
    return AppealPeriod(max(in_letter, deadline("appeal", start)), start, by)
