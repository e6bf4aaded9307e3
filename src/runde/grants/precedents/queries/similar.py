from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from ..domain.comparing import Comparison, compare
from ..domain.departing import Decided, Departure, departure_from
from ..domain.features import Features, Missed
from ..domain.likeness import Likeness, likeness
from ..domain.measures import measures
from ..models import Precedent
from .ranking import most_alike

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """A decided case that is like the one looked at, with every field the likeness rests on."""

    precedent: Precedent
    features: Features
    likeness: Likeness
    comparisons: tuple[Comparison, ...]

    @property
    def alike(self) -> tuple[Comparison, ...]:
        return tuple(one for one in self.comparisons if one.is_alike)

    @property
    def differs(self) -> tuple[Comparison, ...]:
        return tuple(one for one in self.comparisons if not one.is_alike)


def list_similar(
    features: Features, *, limit: int = SHOWN, leaving_out: Collection[UUID] = ()
) -> list[Similar]:
    """The tenant's own decisions that are most alike, and alike enough to be called so, most alike first.

    `leaving_out`: ids of cases that are not to be compared with. Three statements, and none by name.
    """
    found = most_alike(features, limit=limit, least=measures().alike_from, leaving_out=leaving_out)
    rows = Precedent.objects.in_bulk([one for one, _ in found])
    return [_similar(features, rows[one]) for one, _ in found]


def departure(
    features: Features, outcome: str, amount_nok: Decimal, *, leaving_out: Collection[UUID] = ()
) -> Departure | None:
    """Whether the outcome goes another way than the alike cases; None when it does not, or too few are alike."""
    found = list_similar(features, limit=measures().departure["consulted"], leaving_out=leaving_out)
    return departure_from(
        [decided(one.precedent) for one in found], outcome, amount_nok, features.calculated_nok
    )


def unlike_outcomes(rules_names: Collection[str]) -> dict[tuple[str, str], set[str]]:
    """By name of rules and outcome, the keys of missed criteria among the precedents that stand: one statement.

    Whoever proposes thousands at once asks here first which of them need a closer look.
    """
    rows = Precedent.objects.filter(rules_name__in=rules_names, stands=True)
    found: dict[tuple[str, str], set[str]] = {}
    for name, outcome, key in rows.values_list("rules_name", "outcome", "missed_key").distinct():
        found.setdefault((name, outcome), set()).add(key)
    return found


def decided(row: Precedent) -> Decided:
    return Decided(row.decision_id, row.outcome, row.amount_nok, row.calculated_nok)


def features_of(row: Precedent) -> Features:
    """The features as they were when the decision was made."""
    return Features(
        rules_name=row.rules_name,
        lane=row.lane,
        missed=tuple(Missed.from_dict(one) for one in row.missed),
        industry=row.industry,
        section=row.section,
        employees=row.employees,
        municipality=row.municipality,
        age_years=row.age_years,
        calculated_nok=row.calculated_nok,
    )


def list_of_call(call_id: UUID) -> list[tuple[Precedent, Features]]:
    """Every precedent of a call that stands, with its features, by case number as written."""
    rows = Precedent.objects.filter(call_id=call_id, stands=True).order_by("case_number", "id")
    return [(row, features_of(row)) for row in rows.iterator(chunk_size=2000)]


def _similar(features: Features, row: Precedent) -> Similar:
    theirs = features_of(row)
    found = likeness(features, theirs)
    return Similar(row, theirs, found, compare(features, theirs, found))


def deviations_of(row: Precedent) -> dict[str, dict[str, Any]]:
    """The coded reasons by criterion."""
    return {one["criterion"]: one for one in row.deviations}
