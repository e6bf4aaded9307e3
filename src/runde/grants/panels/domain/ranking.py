"""Who comes before whom: average of the assessors' weighted points, ties settled by the call's stated rule.

The same whatever order the sheets came in: everything is exact fractions, and the order ends in a draw that depends on
nothing but the panel and the case number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from .criteria import Criterion, weighted

Points = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A case with the sheets that count: assessor to points by criterion. No sheets: it cannot be ranked."""

    case_id: UUID
    number: str
    sent_at: datetime
    amount_nok: Decimal | None
    sheets: Mapping[UUID, Points]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the ranking goes by. `seed` names the panel, for the draw."""

    criteria: tuple[Criterion, ...]
    tie_rule: str
    discuss_from: Fraction
    seed: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """`place` counts from 1 and no two share one. `shared_with` is how many others have exactly the same average.

    `spread` is from the lowest to the highest total; `far_apart` when the panel should discuss the case. `outliers`
    are the assessors whose total lies at least half of that from the average.
    """

    entry: Entry
    place: int
    mean: Fraction
    totals: Mapping[UUID, Fraction]
    by_criterion: Mapping[str, Fraction]
    shared_with: int
    far_apart: bool
    outliers: frozenset[UUID]

    @property
    def lowest(self) -> Fraction:
        return min(self.totals.values())

    @property
    def highest(self) -> Fraction:
        return max(self.totals.values())

    @property
    def spread(self) -> Fraction:
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Ranking:
    """Best first; `unscored` are cases nobody has scored, by number."""

    ranked: tuple[Ranked, ...]
    unscored: tuple[Entry, ...]


def rank(entries: Iterable[Entry], rules: Rules) -> Ranking:
    every = list(entries)
    scored = sorted((_scored(one, rules) for one in every if one.sheets), key=lambda one: _order(one, rules))
    alike: dict[Fraction, int] = {}
    for one in scored:
        alike[one.mean] = alike.get(one.mean, 0) + 1
    placed = tuple(_at(one, place, alike[one.mean] - 1) for place, one in enumerate(scored, start=1))
    rest = sorted((one for one in every if not one.sheets), key=lambda one: one.number)
    return Ranking(placed, tuple(rest))


def mean_of(values: Iterable[Fraction | int]) -> Fraction:
    every = list(values)
    return sum((Fraction(one) for one in every), Fraction(0)) / len(every)


def _scored(entry: Entry, rules: Rules) -> Ranked:
    totals = {who: weighted(points, rules.criteria) for who, points in entry.sheets.items()}
    mean = mean_of(totals.values())
    far = max(totals.values()) - min(totals.values()) >= rules.discuss_from and len(totals) > 1
    outliers = {who for who, total in totals.items() if abs(total - mean) * 2 >= rules.discuss_from}
    return Ranked(
        entry=entry,
        place=0,
        mean=mean,
        totals=totals,
        by_criterion={
            one.key: mean_of(points[one.key] for points in entry.sheets.values()) for one in rules.criteria
        },
        shared_with=0,
        far_apart=far,
        outliers=frozenset(outliers) if far else frozenset(),
    )


def _at(one: Ranked, place: int, shared_with: int) -> Ranked:
    return Ranked(
        one.entry, place, one.mean, one.totals, one.by_criterion, shared_with, one.far_apart, one.outliers
    )


def _order(one: Ranked, rules: Rules) -> tuple[object, ...]:
    entry = one.entry
    return (-one.mean, _by_rule(one, rules), lot(rules.seed, entry.number), entry.number)


def _by_rule(one: Ranked, rules: Rules) -> tuple[object, ...]:
    if rules.tie_rule == "heaviest":
        heaviest = sorted(rules.criteria, key=lambda criterion: -criterion.weight)
        return tuple(-one.by_criterion[criterion.key] for criterion in heaviest)
    if rules.tie_rule == "earliest":
        return (one.entry.sent_at,)
    if rules.tie_rule == "smallest":
        amount = one.entry.amount_nok
        return (amount is None, amount or Decimal(0))
    return ()


def lot(seed: str, number: str) -> str:
    """The lot of a case: known only through the panel's own id, which was there before anybody scored."""
    return hashlib.sha256(f"{seed} {number}".encode()).hexdigest()


def order_is_settled(ranked: Sequence[Ranked]) -> bool:
    """No worse average above a better one."""
    return all(above.mean >= below.mean for above, below in pairwise(ranked))
