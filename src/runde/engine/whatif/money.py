"""What a scheme costs at each take-up, and which source pays. Exact decimals; rounded only when told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce

from runde.engine.rules.arithmetic import EXACT
from runde.engine.whatif.design import PlannedSource, TakeUp
from runde.engine.whatif.reach import Applicants, Cost, SourceReach

_WHOLE = Decimal(1)
_ROUNDING = Context(prec=120, rounding=ROUND_HALF_UP)
Pools = Mapping[int, tuple[int, Decimal]]
"""Eligible companies and their full cost, by which earmarks they fit: bit n is source n."""


def whole(amount: Decimal) -> Decimal:
    """Rounded to whole units, half away from zero."""
    return amount.quantize(_WHOLE, context=_ROUNDING)


def tidy(amount: Decimal) -> Decimal:
    """The same amount, in whole kroner when there are no øre."""
    return whole(amount) if amount == amount.to_integral_value() else amount


def add(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    return reduce(EXACT.add, amounts, Decimal(0))


def middle_of(lower: Decimal, upper: Decimal) -> Decimal:
    return whole(EXACT.multiply(EXACT.add(lower, upper), Decimal("0.5")))


def cost_of(full: Decimal, take_up: TakeUp) -> Cost:
    return Cost(*(whole(EXACT.multiply(full, share)) for share in take_up.shares()))


def applicants_of(eligible: int, take_up: TakeUp) -> Applicants:
    return Applicants(*(int(whole(EXACT.multiply(Decimal(eligible), share))) for share in take_up.shares()))


@dataclass(frozen=True, slots=True)
class Paid:
    """What each source pays, in order, and what none pays."""

    by_source: tuple[Decimal, ...]
    left: Decimal


def pay(pools: Pools, sources: Sequence[PlannedSource], share: Decimal) -> Paid:
    """Share the cost at one take-up among the sources.

    Earmarked sources pay first, in order, then the others, in order, each up to its amount. Among the
    companies an earmark fits, those that fit fewest of the earmarks still to come are paid first.
    """
    due = {fits: EXACT.multiply(cost, share) for fits, (_, cost) in pools.items()}
    earmarked = [place for place, source in enumerate(sources) if source.earmark.strip()]
    free = [place for place, source in enumerate(sources) if not source.earmark.strip()]
    paid = [Decimal(0)] * len(sources)
    for turn, place in enumerate(earmarked):
        later = sum(1 << one for one in earmarked[turn + 1 :])
        order = sorted(
            (fits for fits in due if fits >> place & 1), key=lambda fits: ((fits & later).bit_count(), fits)
        )
        paid[place] = _draw(due, order, sources[place].amount_nok)
    for place in free:
        paid[place] = _draw(due, sorted(due), sources[place].amount_nok)
    return Paid(tuple(paid), add(due.values()))


def _draw(due: dict[int, Decimal], order: Sequence[int], amount: Decimal) -> Decimal:
    left = amount
    for fits in order:
        part = max(Decimal(0), min(left, due[fits]))
        due[fits] = EXACT.subtract(due[fits], part)
        left = EXACT.subtract(left, part)
    return EXACT.subtract(amount, left)


def sources_reach(
    pools: Pools, sources: Sequence[PlannedSource], take_up: TakeUp
) -> tuple[tuple[SourceReach, ...], int]:
    """What each source pays at each take-up, and in how many estimates they cover everything."""
    estimates = [pay(pools, sources, share) for share in take_up.shares()]
    told = []
    for place, source in enumerate(sources):
        low, middle, high = (whole(one.by_source[place]) for one in estimates)
        companies = _may_have(pools, source, place)
        told.append(SourceReach(source.name, tidy(source.amount_nok), low, middle, high, companies))
    return tuple(told), sum(one.left <= 0 for one in estimates)


def _may_have(pools: Pools, source: PlannedSource, place: int) -> int:
    free = not source.earmark.strip()
    return sum(count for fits, (count, _) in pools.items() if free or fits >> place & 1)
