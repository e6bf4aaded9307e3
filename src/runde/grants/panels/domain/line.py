"""Where the line can be drawn in a ranking, and what each choice means. Nobody is passed over by one ranked lower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .ranking import Ranked


@dataclass(frozen=True, slots=True)
class Effect:
    """What a line after `above` cases means. `short_nok` is what the money lacks; nothing when it reaches.

    `parts_equals`: the case under the line has the same average as the one over it, so the tie rule decided.
    `next_nok` is what the first case under the line asks for; None when there is none or its amount is not set.
    """

    above: int
    below: int
    sum_nok: Decimal
    money_nok: Decimal
    lowest_above: Fraction | None
    highest_below: Fraction | None
    next_nok: Decimal | None

    @property
    def left_nok(self) -> Decimal:
        return self.money_nok - self.sum_nok

    @property
    def short_nok(self) -> Decimal:
        return max(Decimal(0), -self.left_nok)

    @property
    def parts_equals(self) -> bool:
        return self.lowest_above is not None and self.lowest_above == self.highest_below


def amount_of(one: Ranked) -> Decimal:
    """What the case would be granted; it must have been set."""
    if one.entry.amount_nok is None:
        raise ValueError(f"case {one.entry.number} has no amount")
    return one.entry.amount_nok


def above_for_money(ranked: Sequence[Ranked], money_nok: Decimal) -> int:
    """How many from the top the money carries in full. It stops at the first it cannot, whoever comes below."""
    left, above = money_nok, 0
    for one in ranked:
        if one.entry.amount_nok is None or one.entry.amount_nok > left:
            break
        left -= one.entry.amount_nok
        above += 1
    return above


def above_for_points(ranked: Sequence[Ranked], at_least: Fraction) -> int:
    """How many have an average of at least so much."""
    return sum(1 for one in ranked if one.mean >= at_least)


def above_for_count(ranked: Sequence[Ranked], count: int) -> int:
    return max(0, min(count, len(ranked)))


def effect_of(ranked: Sequence[Ranked], above: int, money_nok: Decimal) -> Effect:
    """Every case above must have its amount."""
    over, under = ranked[:above], ranked[above:]
    return Effect(
        above=len(over),
        below=len(under),
        sum_nok=sum((amount_of(one) for one in over), Decimal(0)),
        money_nok=money_nok,
        lowest_above=over[-1].mean if over else None,
        highest_below=under[0].mean if under else None,
        next_nok=under[0].entry.amount_nok if under else None,
    )
