"""In full, one group after the other, until the money stops: first come, and ranked with a cut line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from runde.engine.dividing.cutting import Cut, cut
from runde.engine.dividing.needs import FirstCome, Need, ProportionalCut, RankedByPoints


@dataclass(frozen=True, slots=True)
class Queued:
    """What each gets in whole kroner, in the order given. `rest` are those at the line who share what is left."""

    amounts: tuple[int, ...]
    rest: frozenset[int]
    share: Fraction
    handed_out: int


def queue(
    needs: Sequence[Need], wanted: Sequence[int], money: int, method: FirstCome | RankedByPoints
) -> Queued:
    """`wanted` is what each is to have in full, after ceilings; zero stands outside the queue."""
    amounts, left = [0] * len(needs), money
    for group in _groups(needs, wanted, method):
        cost = sum(wanted[place] for place in group)
        if cost <= left:
            left -= cost
            for place in group:
                amounts[place] = wanted[place]
        elif method.at_the_line == "rest":
            return _with_rest(amounts, group, _rest(group, wanted, left, int(method.floor_nok)))
        elif method.at_the_line == "stop":
            break
    return Queued(tuple(amounts), frozenset(), Fraction(1), 0)


def _groups(
    needs: Sequence[Need], wanted: Sequence[int], method: FirstCome | RankedByPoints
) -> Iterator[tuple[int, ...]]:
    """Places that stand and fall together, the first first."""
    places = [place for place, amount in enumerate(wanted) if amount]
    if isinstance(method, FirstCome):
        arrived = {place: one.arrived_at for place, one in enumerate(needs) if one.arrived_at}
        yield from ((place,) for place in sorted(places, key=lambda place: (arrived[place], place)))
        return
    points = {place: one.points for place, one in enumerate(needs) if one.points is not None}
    ranked = sorted(places, key=lambda place: (-points[place], place))
    if method.equals == "earliest":
        yield from ((place,) for place in ranked)
        return
    yield from (tuple(group) for _, group in groupby(ranked, key=lambda place: points[place]))


def _rest(group: Sequence[int], wanted: Sequence[int], left: int, floor: int) -> Cut:
    return cut([wanted[place] for place in group], left, ProportionalCut(floor_nok=Decimal(floor)))


def _with_rest(amounts: list[int], group: Sequence[int], shared: Cut) -> Queued:
    for place, amount in zip(group, shared.amounts, strict=True):
        amounts[place] = amount
    rest = frozenset(place for place in group if amounts[place])
    return Queued(tuple(amounts), rest, shared.share, shared.handed_out)
