"""What happened to one source in one year. Pure: flows in, sums out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.foundation.ledger.api import Flow

NOTHING = Decimal("0.00")
BOUND = ("committed", "in_bank_file")


@dataclass(frozen=True, slots=True)
class YearOfSource:
    """In NOK. What came in and what was left at the start is what was paid and what is left at the end."""

    year: int
    left_before_nok: Decimal
    given_nok: Decimal
    committed_nok: Decimal
    released_nok: Decimal
    paid_nok: Decimal
    returned_nok: Decimal
    bound_after_nok: Decimal
    free_after_nok: Decimal

    @property
    def left_after_nok(self) -> Decimal:
        return self.bound_after_nok + self.free_after_nok

    @property
    def adds_up(self) -> bool:
        came = self.left_before_nok + self.given_nok
        return came == self.paid_nok - self.returned_nok + self.left_after_nok


def year_of(flows: Iterable[Flow], year: int) -> YearOfSource:
    """Of one source's flows. `given_nok` is net of what the giver took back; bank files not yet sent count as bound."""
    known = [flow for flow in flows if flow.day.year <= year]
    this = [flow for flow in known if flow.day.year == year]
    before = [flow for flow in known if flow.day.year < year]
    return YearOfSource(
        year=year,
        left_before_nok=_on(before, ("available", *BOUND)),
        given_nok=-_on(this, ("giver",)),
        committed_nok=_moved(this, "commitment", "committed"),
        released_nok=_moved(this, "release", "available"),
        paid_nok=_moved(this, "payment", "paid"),
        returned_nok=_returned(this),
        bound_after_nok=_on(known, BOUND),
        free_after_nok=_on(known, ("available",)),
    )


def _on(flows: Iterable[Flow], places: tuple[str, ...]) -> Decimal:
    return sum((flow.amount_nok for flow in flows if flow.place in places), NOTHING)


def _moved(flows: Iterable[Flow], kind: str, place: str) -> Decimal:
    return sum((flow.amount_nok for flow in flows if (flow.kind, flow.place) == (kind, place)), NOTHING)


def _returned(flows: Iterable[Flow]) -> Decimal:
    return -sum((flow.amount_nok for flow in flows if flow.is_return and flow.place == "paid"), NOTHING)


@dataclass(frozen=True, slots=True)
class Standing:
    """At the end of one day, in NOK: bound (with what lies in bank files) and paid together, and paid."""

    day: date
    used_nok: Decimal
    paid_nok: Decimal


def over_time(flows: Iterable[Flow]) -> list[Standing]:
    """One for each day something moved between bound and paid, in order."""
    used = paid = NOTHING
    found: dict[date, Standing] = {}
    for flow in sorted(flows, key=lambda one: one.day):
        used += flow.amount_nok if flow.place in (*BOUND, "paid") else NOTHING
        paid += flow.amount_nok if flow.place == "paid" else NOTHING
        found[flow.day] = Standing(flow.day, used, paid)
    return list(found.values())
