"""The effect of a way of dividing, as data, to be seen before the way is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from runde.engine.dividing.divide import Division, Share, Why, divide
from runde.engine.dividing.errors import DividingRefusal
from runde.engine.dividing.needs import NOTHING, Method, Need


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What falls on one group, such as a municipality or an industry."""

    group: str
    applications: int
    awarded: int
    need_nok: Decimal
    award_nok: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """Counts of applications and NOK in whole kroner. `smallest_nok`, `middle_nok` and `largest_nok` are of those who
    get money, None when nobody does. `middle_nok` is the median, of an even number the lower middle."""

    applications: int
    in_full: int
    in_part: int
    without: int
    need_nok: Decimal
    award_nok: Decimal
    left_nok: Decimal
    smallest_nok: Decimal | None
    middle_nok: Decimal | None
    largest_nok: Decimal | None
    by_why: Mapping[Why, int]
    by_group: tuple[GroupEffect, ...]

    @property
    def awarded(self) -> int:
        return self.in_full + self.in_part

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe; amounts are text."""
        plain = {name: getattr(self, name) for name in self.__slots__ if not name.startswith("by_")}
        groups = [{name: getattr(one, name) for name in one.__slots__} for one in self.by_group]
        return {
            **_plain(plain),
            "awarded": self.awarded,
            "by_why": dict(self.by_why),
            "by_group": [_plain(one) for one in groups],
        }


def effect_of(division: Division, group_of: Mapping[str, str] | None = None) -> Effect:
    """The effect of one division; `group_of` names the group of each key, others stand as "" ."""
    shares = division.shares
    awards = sorted(one.award_nok for one in shares if one.award_nok)
    in_full = sum(one.why == "full" for one in shares)
    return Effect(
        len(shares),
        in_full,
        len(awards) - in_full,
        len(shares) - len(awards),
        _sum(shares, lambda one: one.need_nok),
        division.total_nok,
        division.left_nok,
        awards[0] if awards else None,
        awards[(len(awards) - 1) // 2] if awards else None,
        awards[-1] if awards else None,
        dict(sorted(Counter(one.why for one in shares).items())),
        _by_group(shares, group_of or {}),
    )


@dataclass(frozen=True, slots=True)
class Option:
    """One way tried: its division and effect, or why it cannot be used here."""

    method: Method
    division: Division | None
    effect: Effect | None
    refusal: str = ""


def compare(
    needs: Sequence[Need],
    budget_nok: Decimal,
    methods: Sequence[Method],
    group_of: Mapping[str, str] | None = None,
) -> tuple[Option, ...]:
    """Every way tried on the same needs and money, in the order given; a way that is refused says why."""
    return tuple(_try(needs, budget_nok, method, group_of) for method in methods)


def _try(
    needs: Sequence[Need], budget_nok: Decimal, method: Method, group_of: Mapping[str, str] | None
) -> Option:
    try:
        division = divide(needs, budget_nok, method)
    except DividingRefusal as refusal:
        return Option(method, None, None, str(refusal))
    return Option(method, division, effect_of(division, group_of))


def _by_group(shares: Sequence[Share], group_of: Mapping[str, str]) -> tuple[GroupEffect, ...]:
    if not group_of:
        return ()
    groups: dict[str, list[Share]] = {}
    for one in shares:
        groups.setdefault(group_of.get(one.key, ""), []).append(one)
    return tuple(_group(name, members) for name, members in sorted(groups.items()))


def _group(name: str, members: Sequence[Share]) -> GroupEffect:
    awarded = sum(bool(one.award_nok) for one in members)
    need, award = _sum(members, lambda one: one.need_nok), _sum(members, lambda one: one.award_nok)
    return GroupEffect(name, len(members), awarded, need, award)


def _sum(shares: Sequence[Share], amount: Callable[[Share], Decimal]) -> Decimal:
    return sum((amount(one) for one in shares), NOTHING)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: format(one, "f") if isinstance(one, Decimal) else one for name, one in values.items()}
