"""Dividing a call's money by the way that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from runde.engine.dividing.checking import check, sharing_of
from runde.engine.dividing.cutting import cut
from runde.engine.dividing.needs import (
    NOTHING,
    FixedAmount,
    Method,
    Need,
    ProportionalCut,
    RankedByPoints,
    Sharing,
    TemplateSum,
    whole_kroner,
)
from runde.engine.dividing.queueing import queue

Why = Literal[
    "full", "ceiling", "template", "cut", "lifted", "rest",
    "no_need", "outside_bands", "below_floor", "below_points", "used_up",
]  # fmt: skip
"""What decided the amount. With money: all of the need; the ceiling; the template or fixed amount; the shared cut; the
floor; a share of the rest at the line. Without: nothing needed; no band for the size; under the floor; under the least
points; the money was used up before."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one application gets, in whole kroner. `base_nok` is what it is to have in full by the way chosen."""

    key: str
    need_nok: Decimal
    base_nok: Decimal
    award_nok: Decimal
    why: Why


@dataclass(frozen=True)
class Division:
    """Who gets what, in the order of the needs.

    `share` is the common share in a proportional cut or at the line, None when nobody was cut. `handed_out` are the
    kroner given one by one after rounding down. `line_points` are the lowest points that got money.
    """

    method: Method
    budget_nok: Decimal
    shares: tuple[Share, ...]
    share: Fraction | None
    handed_out: int
    line_points: Decimal | None

    @cached_property
    def total_nok(self) -> Decimal:
        return sum((one.award_nok for one in self.shares), NOTHING)

    @property
    def left_nok(self) -> Decimal:
        return self.budget_nok - self.total_nok

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Award by key, nothing where there is none."""
        return {one.key: one.award_nok for one in self.shares}


@dataclass(frozen=True, slots=True)
class _Shared:
    amounts: tuple[int, ...]
    share: Fraction | None
    handed_out: int
    rest: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()


def divide(needs: Sequence[Need], budget_nok: Decimal, method: Method) -> Division:
    """Divide the money; the awards are whole kroner and never sum above the budget, whose øre stay.

    A proportional cut uses all whole kroner of the budget, or gives everybody the most they may have. Kroner left by
    rounding go one by one to those who lost most by it, and among equals to the one that stands first.
    The same needs give the same awards. Raises InvalidNeed, InvalidMethod, MissingFact, FloorsBeyondBudget.
    """
    check(needs, budget_nok, method)
    base = [_base(one, method) for one in needs]
    shared = _share(needs, base, int(whole_kroner(budget_nok)), sharing_of(method))
    shares = tuple(
        Share(one.key, one.amount_nok, Decimal(base[place]), Decimal(shared.amounts[place]), why)
        for place, (one, why) in enumerate(zip(needs, _whys(needs, base, shared, method), strict=True))
    )
    was_cut = any(one.why in ("cut", "rest") for one in shares)
    return Division(
        method,
        budget_nok,
        shares,
        shared.share if was_cut else None,
        shared.handed_out,
        _line(needs, shares, sharing_of(method)),
    )


def _base(need: Need, method: Method) -> int:
    """What the way gives in full: the need, or its template amount. A ceiling of the sharing comes after."""
    amount = need.amount_nok
    if isinstance(method, FixedAmount):
        amount = min(amount, method.amount_nok)
    if isinstance(method, TemplateSum):
        amount = min(amount, _of_band(need, method))
    return int(amount)


def _of_band(need: Need, method: TemplateSum) -> Decimal:
    for band in method.bands:
        if (
            need.size is not None
            and band.least <= need.size
            and (band.below is None or need.size < band.below)
        ):
            return band.amount_nok
    return NOTHING


def _share(needs: Sequence[Need], base: Sequence[int], money: int, sharing: Sharing) -> _Shared:
    if isinstance(sharing, ProportionalCut):
        found = cut(base, money, sharing)
        return _Shared(found.amounts, found.share, found.handed_out, dropped=found.dropped)
    wanted = [_queued(need, amount, sharing) for need, amount in zip(needs, base, strict=True)]
    queued = queue(needs, wanted, money, sharing)
    return _Shared(queued.amounts, queued.share, queued.handed_out, rest=queued.rest)


def _queued(need: Need, base: int, sharing: Sharing) -> int:
    """What it stands in the queue with: at most the ceiling, and nothing below the least points."""
    if _is_below_points(need, sharing):
        return 0
    return base if sharing.ceiling_nok is None else min(base, int(sharing.ceiling_nok))


def _is_below_points(need: Need, sharing: Sharing) -> bool:
    if not isinstance(sharing, RankedByPoints) or sharing.least_points is None or need.points is None:
        return False
    return need.points < sharing.least_points


def _whys(needs: Sequence[Need], base: Sequence[int], shared: _Shared, method: Method) -> list[Why]:
    return [_why(place, need, base[place], shared, method) for place, need in enumerate(needs)]


def _why(place: int, need: Need, base: int, shared: _Shared, method: Method) -> Why:
    award = shared.amounts[place]
    if not award:
        return _why_nothing(place, need, base, shared, sharing_of(method))
    if award == need.amount_nok:
        return "full"
    if place in shared.rest:
        return "rest"
    return _why_less(award, base, sharing_of(method))


def _why_less(award: int, base: int, sharing: Sharing) -> Why:
    if award == base:
        return "template"
    if award == sharing.ceiling_nok:
        return "ceiling"
    is_lifted = isinstance(sharing, ProportionalCut) and sharing.below_floor == "lifted"
    return "lifted" if is_lifted and award == sharing.floor_nok else "cut"


def _why_nothing(place: int, need: Need, base: int, shared: _Shared, sharing: Sharing) -> Why:
    if not base:
        return "outside_bands" if need.amount_nok else "no_need"
    if place in shared.dropped:
        return "below_floor" if sharing.floor_nok else "used_up"
    return "below_points" if _is_below_points(need, sharing) else "used_up"


def _line(needs: Sequence[Need], shares: Sequence[Share], sharing: Sharing) -> Decimal | None:
    if not isinstance(sharing, RankedByPoints):
        return None
    pairs = zip(needs, shares, strict=True)
    return min(
        (need.points for need, one in pairs if one.award_nok and need.points is not None), default=None
    )
