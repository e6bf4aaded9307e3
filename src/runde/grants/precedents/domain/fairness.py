"""How a round treats groups of applicants: spread, the effect of each criterion, and what stands out.

Groups of fewer than the limit are not told of, and never one alone: what is withheld is always at least as many cases
as the limit, so that the difference from the whole tells of nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from .departing import is_far
from .measures import Groups, group_of, measures
from .treated import Treated

UNKNOWN = ""
Key = Callable[[Treated], str]


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group: how many cases, how many granted, and the usual share of the calculated amount (None: nobody has one).

    `key` is a municipality number, a section letter or "low-high" in a number; "" where nobody knows.
    """

    key: str
    cases: int
    granted: int
    usual_level: Decimal | None

    @property
    def percent(self) -> int:
        return round(self.granted * 100 / self.cases)


@dataclass(frozen=True, slots=True)
class Spread:
    """Groups large enough to tell of, the largest first; `withheld` groups hold `withheld_cases` between them."""

    groups: tuple[GroupShare, ...]
    withheld: int
    withheld_cases: int


@dataclass(frozen=True, slots=True)
class CriterionEffect:
    """What missing a criterion meant. None where it is about too few to tell.

    `alone`: missed nothing else. `granted`: granted all the same.
    """

    slug: str
    label: str
    missed: int | None
    alone: int | None
    granted: int | None


@dataclass(frozen=True, slots=True)
class Outlier:
    """A grant far from what others who missed the same were given, both as per cent of the calculated amount."""

    treated: Treated
    usual_level: Decimal


@dataclass(frozen=True, slots=True)
class Fairness:
    cases: int
    granted: int
    decided: int
    municipality: Spread
    industry: Spread
    size: Spread
    age: Spread
    criteria: tuple[CriterionEffect, ...]
    outliers: tuple[Outlier, ...]


def fairness_of(treated: Sequence[Treated]) -> Fairness:
    return Fairness(
        cases=len(treated),
        granted=sum(one.is_granted for one in treated),
        decided=sum(one.is_decided for one in treated),
        municipality=spread(treated, lambda one: one.features.municipality),
        industry=spread(treated, lambda one: one.features.section),
        size=spread(treated, lambda one: _in_groups(one.features.employees, measures().size_groups)),
        age=spread(treated, lambda one: _in_groups(one.features.age_years, measures().age_groups)),
        criteria=_effects(treated),
        outliers=_outliers(treated),
    )


def spread(treated: Iterable[Treated], key: Key) -> Spread:
    """By group, with the small ones withheld."""
    groups: defaultdict[str, list[Treated]] = defaultdict(list)
    for one in treated:
        groups[key(one)].append(one)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = [name for name, _ in ordered]
    hidden: list[str] = []
    while shown and _tells_too_much(shown, hidden, groups):
        hidden.append(shown.pop())
    return Spread(
        tuple(_share(name, groups[name]) for name in shown),
        len(hidden),
        sum(len(groups[name]) for name in hidden),
    )


def _tells_too_much(
    shown: Sequence[str], hidden: Sequence[str], groups: defaultdict[str, list[Treated]]
) -> bool:
    """The smallest one shown is too small, or the hidden ones can be told from what is left of the whole."""
    fewest = measures().report["fewest_in_group"]
    away = sum(len(groups[name]) for name in hidden)
    return len(groups[shown[-1]]) < fewest or 0 < away < fewest or len(hidden) == 1


def _share(name: str, group: Sequence[Treated]) -> GroupShare:
    levels = [one.level for one in group if one.level is not None]
    return GroupShare(
        name, len(group), sum(one.is_granted for one in group), Decimal(median(levels)) if levels else None
    )


def _in_groups(number: int | None, groups: Groups) -> str:
    if number is None:
        return UNKNOWN
    low, high = group_of(number, groups)
    return f"{low}-{'' if high is None else high}"


def _effects(treated: Sequence[Treated]) -> tuple[CriterionEffect, ...]:
    labels = {missed.slug: missed.label for one in treated for missed in one.features.missed}
    return tuple(_effect(slug, labels[slug], treated) for slug in sorted(labels))


def _effect(slug: str, label: str, treated: Sequence[Treated]) -> CriterionEffect:
    found = [one for one in treated if any(missed.slug == slug for missed in one.features.missed)]
    alone = [one for one in found if len(one.features.missed) == 1]
    granted = [one for one in found if one.is_granted]
    fewest = measures().report["fewest_in_group"]
    if len(found) < fewest:
        return CriterionEffect(slug, label, None, None, None)
    return CriterionEffect(
        slug, label, len(found), _told(len(alone), len(found)), _told(len(granted), len(found))
    )


def _told(part: int, whole: int) -> int | None:
    """None when the part, or what is left beside it, is about somebody and too few to tell of."""
    fewest = measures().report["fewest_in_group"]
    return None if 0 < part < fewest or 0 < whole - part < fewest else part


def _outliers(treated: Sequence[Treated]) -> tuple[Outlier, ...]:
    groups: defaultdict[tuple[str, str], list[Treated]] = defaultdict(list)
    for one in treated:
        if one.level is not None:
            groups[one.features.rules_name, one.features.missed_key].append(one)
    found = [outlier for group in groups.values() for outlier in _standing_out(group)]
    found.sort(key=lambda one: (-abs((one.treated.level or 0) - one.usual_level), one.treated.case_number))
    return tuple(found[: measures().report["most_outliers"]])


def _standing_out(group: Sequence[Treated]) -> list[Outlier]:
    levels = [one.level for one in group if one.level is not None]
    usual, percent = Decimal(median(levels)), measures().report["outlier_percent"]
    return [
        Outlier(one, usual) for one in group if one.level is not None and is_far(one.level, usual, percent)
    ]
