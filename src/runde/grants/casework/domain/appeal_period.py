"""The last day to appeal. Pure. docs/decisions/0010 says why it is counted so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from runde.engine.reference.api import deadline

StartedBy = Literal["notice", "reading", "reasons", "knowing"]


@dataclass(frozen=True, slots=True)
class AppealPeriod:
    """When the period began and ends. `started_by` None: not begun, and nobody can be late.

    `last_date` is never before the day the letter names. `waits_for_reasons`: it stands still until they have come.
    """

    last_date: date
    start_date: date | None
    started_by: StartedBy | None
    waits_for_reasons: bool = False
    is_final: bool = False
    """The appeal body has had the last word: there is no period, and `last_date` says nothing."""

    def is_late(self, on: date) -> bool:
        return self.start_date is not None and on > self.last_date


@dataclass(frozen=True, slots=True)
class Demanded:
    """Reasons were demanded in time; `answered_date` None until they have come."""

    answered_date: date | None


def appeal_period(
    *,
    in_letter: date,
    available_date: date | None,
    notified_date: date | None,
    read_date: date | None,
    demanded: Demanded | None = None,
) -> AppealPeriod:
    """From the day the letter could be read and the party was told, or from when they had in fact read it.

    Demanded reasons stop it; it begins anew when they have come (forvaltningsloven § 29).
    """
    started: list[tuple[date, StartedBy]] = []
    if available_date and notified_date:
        started.append((max(available_date, notified_date), "notice"))
    if read_date:
        started.append((read_date, "reading"))
    if not started:
        return AppealPeriod(in_letter, None, None)
    start, by = min(started)
    first = AppealPeriod(max(in_letter, deadline("appeal", start)), start, by)
    return _with_reasons(first, demanded) if demanded else first


def _with_reasons(first: AppealPeriod, demanded: Demanded) -> AppealPeriod:
    if demanded.answered_date is None:
        return AppealPeriod(first.last_date, None, None, waits_for_reasons=True)
    anew = deadline("appeal", demanded.answered_date)
    return AppealPeriod(max(first.last_date, anew), demanded.answered_date, "reasons")


def period_of_others(*, known_date: date, decided_date: date) -> AppealPeriod:
    """For others with a legal interest: three weeks from when they knew, at most three months from the decision."""
    last = min(deadline("appeal", known_date), deadline("appeal_without_notice", decided_date))
    return AppealPeriod(last, known_date, "knowing")


def latest_hearing(decided_date: date) -> date:
    """The last day a late appeal may have come and still be heard (forvaltningsloven § 31)."""
    return deadline("late_appeal", decided_date)


def latest_harm(received_date: date) -> date:
    """The last day the appellant may be told of a change to their harm (forvaltningsloven § 34)."""
    return deadline("change_to_harm", received_date)
