"""How a case came out under one set of rules, and what two sets make of the same cases. Nothing is stored here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from runde.engine.rules import CriterionResult, Verdict

LANES = ("green", "yellow", "red")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Judged:
    """`not_met` and `unknown` are slugs of criteria, in the order of the rules. `amount_nok` None: red, or unknown."""

    lane: str
    amount_nok: Decimal | None
    not_met: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def carries_nok(self) -> Decimal:
        """What the rules alone would give: nothing to a case in red, or without an amount."""
        return self.amount_nok or NOTHING


def judged(verdict: Verdict) -> Judged:
    return Judged(
        verdict.lane,
        verdict.amount_nok,
        tuple(result.slug for result in verdict.not_met),
        tuple(result.slug for result in verdict.unknown),
    )


@dataclass(frozen=True, slots=True)
class LaneSum:
    """Cases in one lane, and what the rules would give them in all."""

    count: int = 0
    amount_nok: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class CriterionCount:
    """How many cases a criterion keeps out, and for how many it cannot be told."""

    not_met: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """All the cases under one set of rules."""

    cases: int
    lanes: Mapping[str, LaneSum]
    criteria: Mapping[str, CriterionCount]

    @property
    def amount_nok(self) -> Decimal:
        return sum((lane.amount_nok for lane in self.lanes.values()), NOTHING)


@dataclass(frozen=True, slots=True)
class Flow:
    """Cases that go from one lane to another (or stay), and the difference in NOK."""

    before: str
    after: str
    cases: int
    difference_nok: Decimal


class Comparing:
    """Adds up cases one by one, so that ten thousand need not be held at once."""

    def __init__(self) -> None:
        self._before, self._after = _Adding(), _Adding()
        self._flows: Counter[tuple[str, str]] = Counter()
        self._differences: dict[tuple[str, str], Decimal] = {}

    def add(self, before: Judged, after: Judged) -> None:
        self._before.add(before)
        self._after.add(after)
        way, more = (before.lane, after.lane), after.carries_nok - before.carries_nok
        self._flows[way] += 1
        self._differences[way] = self._differences.get(way, NOTHING) + more

    @property
    def before(self) -> Totals:
        return self._before.totals()

    @property
    def after(self) -> Totals:
        return self._after.totals()

    def flows(self) -> tuple[Flow, ...]:
        """By lane before and after, in the order of the lanes."""
        return tuple(
            Flow(one, other, self._flows[one, other], self._differences[one, other])
            for one in LANES
            for other in LANES
            if self._flows[one, other]
        )


class _Adding:
    def __init__(self) -> None:
        self._cases: Counter[str] = Counter()
        self._sums: dict[str, Decimal] = dict.fromkeys(LANES, NOTHING)
        self._not_met: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()

    def add(self, one: Judged) -> None:
        self._cases[one.lane] += 1
        self._sums[one.lane] += one.carries_nok
        self._not_met.update(one.not_met)
        self._unknown.update(one.unknown)

    def totals(self) -> Totals:
        lanes = {lane: LaneSum(self._cases[lane], self._sums[lane]) for lane in LANES}
        slugs = sorted({*self._not_met, *self._unknown})
        criteria = {slug: CriterionCount(self._not_met[slug], self._unknown[slug]) for slug in slugs}
        return Totals(self._cases.total(), lanes, criteria)


def why_changed(before: Judged, after: Judged, verdict: Verdict) -> tuple[str, ...]:
    """Sentences about the criteria that turned out another way; about the amount where only that changed."""
    found = {result.slug: result for result in verdict.criteria}
    told = [*_worse(before, after, found.values()), *_better(before, after, found)]
    if told or before == after:
        return tuple(told)
    return (
        "Beregnet tilskudd er et annet."
        if before.lane == after.lane
        else "Kravene er satt på en annen måte.",
    )


def _worse(before: Judged, after: Judged, results: Iterable[CriterionResult]) -> Iterable[str]:
    stood = {*before.not_met}
    for result in results:
        newly_unknown = result.slug in after.unknown and result.slug not in before.unknown
        if (result.slug in after.not_met and result.slug not in stood) or newly_unknown:
            yield result.texts["nb"]["reason"]


def _better(before: Judged, after: Judged, found: Mapping[str, CriterionResult]) -> Iterable[str]:
    for slug in (*before.not_met, *before.unknown):
        if slug not in found:
            yield f"Kravet «{slug}» gjelder ikke lenger."
        elif found[slug].outcome == "met":
            yield f"Oppfyller nå kravet: {found[slug].texts['nb']['requirement']}"
