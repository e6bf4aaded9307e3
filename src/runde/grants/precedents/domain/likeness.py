"""How alike two cases are: points in four named fields, weighed together. Symmetric, in whole numbers.

The database counts the same points in the same way (`queries/ranking.py`); a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

from .features import NO_GAP, Features
from .measures import measures

ALL = 100
FIELDS = ("criteria", "distance", "industry", "size")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points from 0 to 100 in each field; `total` from 0 to 10 000."""

    criteria: int
    distance: int
    industry: int
    size: int

    @property
    def total(self) -> int:
        weights = measures().weights
        return sum(weights[name] * getattr(self, name) for name in FIELDS)


def likeness(one: Features, other: Features) -> Likeness:
    """Nothing in common where the rules are of different name, or no missed criterion is shared."""
    criteria = criteria_points(one, other)
    if not criteria or one.rules_name != other.rules_name:
        return Likeness(0, 0, 0, 0)
    return Likeness(
        criteria, distance_points(one, other), industry_points(one, other), size_points(one, other)
    )


def criteria_points(one: Features, other: Features) -> int:
    """The share of the missed criteria that both missed; all when neither missed any."""
    ours, theirs = set(one.tokens), set(other.tokens)
    either = ours | theirs
    return ALL * len(ours & theirs) // len(either) if either else ALL


def distance_points(one: Features, other: Features) -> int:
    """How near the distances are, over the criteria both missed; all when there is none."""
    theirs = dict(zip(other.tokens, other.gaps, strict=True))
    shared = [
        (gap, theirs[token]) for token, gap in zip(one.tokens, one.gaps, strict=True) if token in theirs
    ]
    if not shared:
        return ALL
    return sum(nearness(gap, other_gap) for gap, other_gap in shared) // len(shared)


def nearness(one: int, other: int) -> int:
    """Two sizes: all when equal, half when one is twice the other. NO_GAP is like nothing but itself."""
    if one == other:
        return ALL
    if NO_GAP in (one, other):
        return 0
    return ALL - ALL * abs(one - other) // max(one, other)


def industry_points(one: Features, other: Features) -> int:
    """The same code, division or section; nothing when either is unknown."""
    points = measures().industry_points
    if one.industry and one.industry == other.industry:
        return points["code"]
    if one.division and one.division == other.division:
        return points["division"]
    return points["section"] if one.section and one.section == other.section else 0


def size_points(one: Features, other: Features) -> int:
    """By employees; nothing when either is unknown."""
    if one.employees is None or other.employees is None:
        return 0
    return nearness(one.employees, other.employees)
