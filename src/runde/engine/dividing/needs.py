"""What is divided, and the ways to divide it. Amounts are Decimal NOK in whole kroner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

AtTheLine = Literal["stop", "rest", "next"]
"""What becomes of the first the money does not carry: nobody after it gets anything; it gets what is left; or it is
passed over and the next ones are tried."""
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Need:
    """One application to divide money to. They come in the order of their case numbers, which settles ties.

    `amount_nok` is the most it may get: what it applied for, or what the rules found. `arrived_at` is needed by
    FirstCome, `points` by RankedByPoints and `size` (employees, turnover: the unit of the bands) by TemplateSum.
    """

    key: str
    amount_nok: Decimal
    arrived_at: datetime | None = None
    points: Decimal | None = None
    size: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionalCut:
    """Everybody the same share of the need.

    `ceiling_on` "need": needs are cut to the ceiling first, and shared after that. "award": the share is taken of the
    whole need, what comes above the ceiling is cut away and shared among the others until nothing more moves.
    `below_floor` "nothing": who would get less than the floor gets nothing, smallest need first, and the others share
    what that frees. "lifted": they get the floor (never above the need), and the others share what is left.
    """

    floor_nok: Decimal = NOTHING
    ceiling_nok: Decimal | None = None
    ceiling_on: Literal["need", "award"] = "need"
    below_floor: Literal["nothing", "lifted"] = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCome:
    """In full, in the order they arrived, as far as the money goes. `floor_nok` is the least rest given out."""

    at_the_line: AtTheLine = "stop"
    floor_nok: Decimal = NOTHING
    ceiling_nok: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedByPoints:
    """In full, most points first, down to the cut line. Below `least_points` nobody gets anything.

    `equals` "together": those with the same points stand on the same side of the line; a rest is shared among them
    by the same share. "earliest": the one with the lower case number goes first.
    """

    least_points: Decimal | None = None
    equals: Literal["together", "earliest"] = "together"
    at_the_line: AtTheLine = "stop"
    floor_nok: Decimal = NOTHING
    ceiling_nok: Decimal | None = None


Sharing = ProportionalCut | FirstCome | RankedByPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedAmount:
    """The same amount for everybody, never above the need. `when_short` divides when the money does not reach."""

    amount_nok: Decimal
    when_short: Sharing


@dataclass(frozen=True, slots=True)
class Band:
    """From and including `least`, up to and not including `below`; None is without end."""

    least: Decimal
    below: Decimal | None
    amount_nok: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSum:
    """The amount of the band the size falls in, never above the need; outside the bands nothing."""

    bands: tuple[Band, ...]
    when_short: Sharing


Method = ProportionalCut | FirstCome | RankedByPoints | FixedAmount | TemplateSum


def whole_kroner(amount_nok: Decimal) -> Decimal:
    """Rounded down to whole kroner: nobody gets more than the rules found."""
    return amount_nok.to_integral_value(ROUND_FLOOR)
