"""The proportional cut: floor, ceiling, and what is freed shared among the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from runde.engine.dividing.errors import FloorsBeyondBudget
from runde.engine.dividing.levelling import Level, Part, level, reaches
from runde.engine.dividing.needs import ProportionalCut
from runde.engine.reference.api import amount_text


@dataclass(frozen=True, slots=True)
class Cut:
    """What each gets in whole kroner, in the order given. `dropped` are the places of those below the floor."""

    amounts: tuple[int, ...]
    dropped: frozenset[int]
    share: Fraction
    handed_out: int


def cut(wanted: Sequence[int], money: int, method: ProportionalCut) -> Cut:
    """Raises FloorsBeyondBudget when everybody is to have the floor and the money does not reach that far."""
    order = sorted((place for place, amount in enumerate(wanted) if amount), key=lambda at: (-wanted[at], at))
    parts = [_part(wanted[place], method) for place in order]
    if method.below_floor == "lifted":
        _check_floors(parts, money)
        kept = len(parts)
    else:
        kept = _above_floor(parts, money, max(int(method.floor_nok), 1))
    by_place = sorted(order[:kept])
    found = level([_part(wanted[place], method) for place in by_place], money)
    return _spread(found, by_place, frozenset(order[kept:]), len(wanted))


def _part(wanted: int, method: ProportionalCut) -> Part:
    highest = wanted if method.ceiling_nok is None else min(wanted, int(method.ceiling_nok))
    lowest = min(int(method.floor_nok), highest) if method.below_floor == "lifted" else 0
    return Part(highest if method.ceiling_on == "need" else wanted, lowest, highest)


def _above_floor(parts: Sequence[Part], money: int, floor: int) -> int:
    """How many from the largest down can be kept with the smallest of them at the floor or above.

    The fewer they are, the more the smallest of them gets, so the answer is found by halving.
    """
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _carries(parts[:middle], money, floor) else (low, middle - 1)
    return low


def _carries(parts: Sequence[Part], money: int, floor: int) -> bool:
    """Whether the smallest of them gets the floor."""
    last = parts[-1]
    return last.highest >= floor and reaches(parts, money, Fraction(floor, last.weight))


def _check_floors(parts: Sequence[Part], money: int) -> None:
    least = sum(part.lowest for part in parts)
    if least > money:
        raise FloorsBeyondBudget(
            f"Minste beløp til alle koster {amount_text(Decimal(least))}, og det er {amount_text(Decimal(money))} å "
            "fordele. Sett minste beløp lavere, eller la dem som kommer under det, ikke få noe."
        )


def _spread(found: Level, places: Sequence[int], dropped: frozenset[int], count: int) -> Cut:
    amounts = [0] * count
    for place, amount in zip(places, found.amounts, strict=True):
        amounts[place] = amount
    return Cut(tuple(amounts), dropped, found.share, found.handed_out)
