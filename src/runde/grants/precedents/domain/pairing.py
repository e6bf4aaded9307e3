"""Pairs of like cases with unlike outcomes in a round: for somebody to look at before it closes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import Literal

from .comparing import Comparison, compare
from .departing import is_far
from .likeness import Likeness, likeness
from .measures import measures
from .treated import Treated

ALL_COMPARED = 200_000  # pairs in one group; above it each case meets its nearest only


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases alike enough to expect the same of. `first` is of the fewer: those that stand out in their group."""

    first: Treated
    second: Treated
    unlike: Literal["outcome", "amount"]
    likeness: Likeness

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        return compare(self.first.features, self.second.features, self.likeness)

    @property
    def is_explained(self) -> bool:
        return self.first.is_explained or self.second.is_explained


def unlike_pairs(treated: Iterable[Treated]) -> list[Pair]:
    """One pair for each case that stands out, with the case most like it that went another way; most alike first.

    Those without a coded reason come before those with one. Cases are compared within those that missed the same.
    """
    found = [pair for group in _groups(treated) for pair in _in_group(group)]
    return sorted(found, key=lambda one: (one.is_explained, -one.likeness.total, one.first.case_number))


def unlike_to(some: Sequence[Treated], others: Sequence[Treated]) -> list[Pair]:
    """One pair for each of `some` that has a like case among `others` with another outcome: with the most like it."""
    found: list[Pair] = []
    for outcome in ("granted", "refused"):
        theirs = _by_missed(one for one in others if one.outcome != outcome)
        for missed, ours in _by_missed(one for one in some if one.outcome == outcome).items():
            found += _matched(ours, theirs.get(missed, ()), "outcome")
    return found


def _by_missed(treated: Iterable[Treated]) -> dict[tuple[str, str], list[Treated]]:
    found: dict[tuple[str, str], list[Treated]] = {}
    for one in treated:
        found.setdefault((one.features.rules_name, one.features.missed_key), []).append(one)
    return found


def _groups(treated: Iterable[Treated]) -> list[list[Treated]]:
    def missed(one: Treated) -> tuple[str, str]:
        return one.features.rules_name, one.features.missed_key

    return [list(group) for _, group in groupby(sorted(treated, key=missed), key=missed)]


def _in_group(group: Sequence[Treated]) -> list[Pair]:
    granted = [one for one in group if one.is_granted]
    refused = [one for one in group if not one.is_granted]
    fewer, more = sorted((refused, granted), key=len)
    return [*_matched(fewer, more, "outcome"), *_by_amount(granted)]


def _by_amount(granted: Sequence[Treated]) -> list[Pair]:
    """Those whose share of the calculated amount is far from the usual, with one that got about the usual."""
    levels = [one.level for one in granted if one.level is not None]
    if not levels:
        return []
    usual, percent = Decimal(median(levels)), measures().pairs["amount_percent"]
    far = [one for one in granted if one.level is not None and is_far(one.level, usual, percent)]
    near = [one for one in granted if one.level is not None and not is_far(one.level, usual, percent)]
    return _matched(far, near, "amount")


def _matched(
    fewer: Sequence[Treated], more: Sequence[Treated], unlike: Literal["outcome", "amount"]
) -> list[Pair]:
    if not fewer or not more:
        return []
    ordered = sorted(more, key=_place)
    found = []
    for one in fewer:
        best = max(
            _near(one, ordered, len(fewer)), key=lambda other: likeness(one.features, other.features).total
        )
        alike = likeness(one.features, best.features)
        if alike.total >= measures().pairs["alike_from"]:
            found.append(Pair(one, best, unlike, alike))
    return found


def _near(one: Treated, ordered: Sequence[Treated], count: int) -> Sequence[Treated]:
    """Everybody in a group of ordinary size; in a huge one the neighbours by distance and number of employees."""
    if len(ordered) * count <= ALL_COMPARED:
        return ordered
    reach = measures().pairs["neighbours"]
    middle = bisect_left(ordered, _place(one), key=_place)
    start = max(min(middle - reach // 2, len(ordered) - reach), 0)
    return ordered[start : start + reach]


def _place(one: Treated) -> tuple[tuple[int, ...], int, str]:
    features = one.features
    return features.gaps, -1 if features.employees is None else features.employees, one.case_number
