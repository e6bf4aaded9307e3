"""What becomes of conditional grants when the budget decision is there: in full, the same share for all, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from .scaling import Scaled, Wanted, scale

IN_FULL, SCALED, LAPSED = "in_full", "scaled", "lapsed"
CHOICES = (IN_FULL, SCALED, LAPSED)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is chosen. `share` None is as much as the money gives; `lowest_nok` the lowest amount given out."""

    choice: str
    share: Fraction | None = None
    lowest_nok: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Settled:
    """What each case gets, in all; `short_nok` is missing for what was chosen."""

    amounts: Mapping[UUID, Decimal]
    share: Fraction
    left_over: int
    short_nok: Decimal

    @property
    def total_nok(self) -> Decimal:
        return sum(self.amounts.values(), NOTHING)


def settle(promised: Sequence[Wanted[UUID]], money_nok: Decimal, terms: Terms) -> Settled:
    """By case, in the order given. In full even when the money is short: then `short_nok` says by how much."""
    if terms.choice == LAPSED:
        return Settled({one.key: NOTHING for one in promised}, Fraction(0), 0, NOTHING)
    if terms.choice == IN_FULL:
        total = sum((one.amount_nok for one in promised), NOTHING)
        full = {one.key: one.amount_nok for one in promised}
        return Settled(full, Fraction(1), 0, max(total - money_nok, NOTHING))
    cut: Scaled[UUID] = scale(promised, money_nok, share=terms.share, lowest_nok=terms.lowest_nok)
    return Settled(cut.amounts, cut.share, cut.left_over, NOTHING)
