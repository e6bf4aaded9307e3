"""One share for all, held between a lowest and a highest amount for each, exact to the krone.

What all get together grows with the share in straight pieces, and bends only where somebody meets a limit. The piece
that holds the money is found by halving, and the share on it is exact. It is the same as cutting, sharing what was cut
away and cutting again until nothing moves, in whatever order that is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """In whole kroner. `weight` is what the share is taken of, above zero; 0 <= lowest <= highest."""

    weight: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Level:
    """What each gets, in the order given. `handed_out` are the kroner given one by one after rounding down."""

    amounts: tuple[int, ...]
    share: Fraction
    handed_out: int


def level(parts: Sequence[Part], money: int) -> Level:
    """The amounts sum to the money, or to all the highest when it reaches that far.

    Rounded down; the kroner left over go one by one to those who lost most by the rounding, and among equals to the
    one that comes first. The lowest amounts must not sum above the money.
    """
    share = share_of(parts, money)
    above, below = share.numerator, share.denominator
    exact = [_held(part, above, below) for part in parts]
    amounts = [one // below for one in exact]
    left = min(money, sum(part.highest for part in parts)) - sum(amounts)
    lost_most = sorted(range(len(parts)), key=lambda place: (-(exact[place] % below), place))
    for place in lost_most[:left]:
        amounts[place] += 1
    return Level(tuple(amounts), share, left)


def share_of(parts: Sequence[Part], money: int) -> Fraction:
    """The share at which the money is used up, at most the one that gives everybody the highest."""
    bends = _bends(parts)
    if not bends or _total(parts, bends[-1]) <= money:
        return bends[-1] if bends else Fraction(0)
    low, high = -1, len(bends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _total(parts, bends[middle]) <= money else (low, middle)
    start = bends[low] if low >= 0 else Fraction(0)
    moving = sum(part.weight for part in parts if _moves(part, start))
    return start + (money - _total(parts, start)) / moving if moving else start


def reaches(parts: Sequence[Part], money: int, share: Fraction) -> bool:
    """Whether the money gives all of them this share, each within its limits."""
    return _total(parts, share) <= money


def _bends(parts: Sequence[Part]) -> list[Fraction]:
    """The shares at which somebody meets a limit, lowest first.

    Two different fractions lie further apart than one over the product of what is below their lines, so at this many
    binary digits their order is exact, and whole numbers sort much faster than fractions.
    """
    pairs = {(limit, part.weight) for part in parts for limit in (part.lowest, part.highest)}
    pairs = {pair if 0 < pair[0] < pair[1] else _plain(pair) for pair in pairs}
    digits = 2 * max((weight for _, weight in pairs), default=1).bit_length()
    return [Fraction(*pair) for pair in sorted(pairs, key=lambda pair: (pair[0] << digits) // pair[1])]


def _plain(pair: tuple[int, int]) -> tuple[int, int]:
    plain = Fraction(*pair)
    return plain.numerator, plain.denominator


def _moves(part: Part, share: Fraction) -> bool:
    grown = part.weight * share.numerator
    return part.lowest * share.denominator <= grown < part.highest * share.denominator


def _held(part: Part, above: int, below: int) -> int:
    """What the part gets at the share above/below, counted in parts of a krone: `below` of them are one krone."""
    return max(part.lowest * below, min(part.highest * below, part.weight * above))


def _total(parts: Sequence[Part], share: Fraction) -> Fraction:
    above, below = share.numerator, share.denominator
    return Fraction(sum(_held(part, above, below) for part in parts), below)
