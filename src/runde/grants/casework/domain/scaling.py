"""Cutting many amounts to the money there is: the same share for all, in whole kroner, exact to the krone.

The rule, as it is told to those it concerns: everybody gets the same share of their amount, rounded down to whole
kroner. The kroner left over go one by one to those who lost most by the rounding, and among equals to the lowest case
number. Who would get less than the lowest amount gets nothing, smallest first, and the others share what that frees.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
NOTHING = Decimal(0)
KRONE = Decimal(1)
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Key]):
    """One amount to be cut, above zero. They come in the order of their case numbers."""

    key: Key
    amount_nok: Decimal


@dataclass(frozen=True, slots=True)
class Scaled(Generic[Key]):
    """What each gets; nothing for those below the lowest amount. `share` is what the rest get of their amounts."""

    amounts: Mapping[Key, Decimal]
    share: Fraction
    left_over: int
    """The kroner that were given out one by one."""

    @property
    def total_nok(self) -> Decimal:
        return sum(self.amounts.values(), NOTHING)

    @property
    def dropped(self) -> tuple[Key, ...]:
        return tuple(key for key, amount in self.amounts.items() if not amount)


def scale(
    wanted: Sequence[Wanted[Key]],
    money_nok: Decimal,
    *,
    share: Fraction | None = None,
    lowest_nok: Decimal = NOTHING,
) -> Scaled[Key]:
    """Cut the amounts to the money, or to a smaller `share` of each. In full when the money reaches."""
    kept = _above_lowest(wanted, money_nok, share, lowest_nok)
    total = _sum(kept)
    money = _usable(total, money_nok, share)
    if not kept or money == total:
        full = {one.key: one.amount_nok for one in kept}
        return Scaled({one.key: full.get(one.key, NOTHING) for one in wanted}, WHOLE, 0)
    exact = {one.key: Fraction(one.amount_nok) * Fraction(money) / Fraction(total) for one in kept}
    whole = {key: int(part) for key, part in exact.items()}
    left = int(money.to_integral_value(ROUND_FLOOR)) - sum(whole.values())
    for key in _who_lost_most(exact)[:left]:
        whole[key] += 1
    amounts = {one.key: Decimal(whole.get(one.key, 0)) for one in wanted}
    return Scaled(amounts, Fraction(money) / Fraction(total), left)


def _above_lowest(
    wanted: Sequence[Wanted[Key]], money_nok: Decimal, share: Fraction | None, lowest_nok: Decimal
) -> list[Wanted[Key]]:
    """Without those who would get less than the lowest amount, or not even a krone; in the order given."""
    lowest = max(Fraction(lowest_nok), WHOLE)
    left = sorted(range(len(wanted)), key=lambda place: (-wanted[place].amount_nok, place))
    total = _sum(wanted)
    while left:
        smallest, money = wanted[left[-1]].amount_nok, _usable(total, money_nok, share)
        if money == total and smallest >= lowest_nok:
            break
        if Fraction(smallest) * Fraction(money) >= lowest * Fraction(total):
            break
        total -= smallest
        left.pop()
    return [wanted[place] for place in sorted(left)]


def _usable(total: Decimal, money_nok: Decimal, share: Fraction | None) -> Decimal:
    """All when it reaches, else whole kroner."""
    most = Fraction(total) * min(WHOLE, share if share is not None else WHOLE)
    if most >= total and money_nok >= total:
        return total
    return Decimal(int(min(most, Fraction(max(money_nok, NOTHING)))))


def _who_lost_most(exact: Mapping[Key, Fraction]) -> list[Key]:
    order = {key: place for place, key in enumerate(exact)}
    return sorted(exact, key=lambda key: (-(exact[key] % 1), order[key]))


def _sum(wanted: Sequence[Wanted[Key]]) -> Decimal:
    return sum((one.amount_nok for one in wanted), NOTHING)
