"""How much room the ceilings leave an undertaking on a day, and the largest grant that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from runde.engine.reference.api import AidCeiling, UnknownFigure, aid_ceiling

from .entries import CENT, Entry, euros, sum_eur

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the company says it has had in all, in euro, on the day it said so. It counts where we know of less."""

    amount_eur: Decimal
    told_date: date


@dataclass(frozen=True, slots=True)
class Headroom:
    """The room under the ceiling that binds: `used_eur` of `most_eur`, with what is `reserved_eur` among the used.

    `unknown_eur` is the part of the used that only the company's own word tells of. `counted` is every entry in the
    window, oldest first. `ceiling` is the rule's own, with its window and regulation.
    """

    ceiling: AidCeiling
    most_eur: Decimal
    used_eur: Decimal
    reserved_eur: Decimal
    unknown_eur: Decimal
    counted: tuple[Entry, ...]

    @property
    def left_eur(self) -> Decimal:
        return max(self.most_eur - self.used_eur, NOTHING)

    def fits(self, amount_eur: Decimal) -> bool:
        """The ceiling may be reached; whether it may be passed is never a question."""
        after = self.used_eur + amount_eur
        return after <= self.most_eur if self.ceiling.is_inclusive else after < self.most_eur


def headroom(entries: Sequence[Entry], rule: str, on: date, declared: Declared | None = None) -> Headroom:
    """The room for new aid by the rule that day, `entries` being what the whole undertaking has.

    Three ceilings are tried: the rule's own, that of all aid by the same regulation, and the highest one of all the
    rules together (aid for services of general interest, agriculture and fishery counts beside the general). The
    one that leaves least room binds. A figure nobody has confirmed never gives more room.

    Raises UnknownFigure, UnverifiedFigure when the rule's own ceiling cannot be vouched for that day.
    """
    own = aid_ceiling(rule, on)
    counted = [one for one in entries if one.rule and one.right_arose_date > window_start(own, on)]
    unknown = _unknown(counted, declared)
    ceilings = _ceilings({one.rule for one in counted} | {rule}, on)
    rooms = [
        _room(own, own.amount, [one for one in counted if one.rule == rule], NOTHING),
        _room(own, *_alike(own, ceilings, counted), unknown),
        _room(own, max(one.amount for one in ceilings.values()), counted, unknown),
    ]
    return min(rooms, key=lambda room: room.left_eur)


def window_start(ceiling: AidCeiling, on: date) -> date:
    """The last day before the window: aid counts when the right to it arose after this day."""
    if ceiling.window_type == "fiscal_years":
        return date(on.year - ceiling.window_years, 12, 31)
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return on.replace(year=on.year - ceiling.window_years, day=day)


def largest_nok(left_eur: Decimal, rate: Decimal) -> Decimal:
    """The most whole kroner that in euro are no more than what is left."""
    amount = ((left_eur + CENT) * rate).quantize(Decimal(1), rounding=ROUND_DOWN)
    while amount > 0 and euros(amount, rate) > left_eur:
        amount -= 1
    return max(amount, NOTHING)


def _ceilings(rules: set[str], on: date) -> dict[str, AidCeiling]:
    """Those that are held and confirmed for the day, by rule."""
    found = {}
    for rule in sorted(rules):
        try:
            ceiling = aid_ceiling(rule, on, accept_unverified=True)
        except UnknownFigure:
            continue
        if ceiling.is_verified:
            found[rule] = ceiling
    return found


def _alike(
    own: AidCeiling, ceilings: dict[str, AidCeiling], counted: Sequence[Entry]
) -> tuple[Decimal, list[Entry]]:
    """What the regulation of the rule allows, and the aid by it."""
    alike = {rule: one for rule, one in ceilings.items() if one.regulation == own.regulation}
    return max(one.amount for one in alike.values()), [one for one in counted if one.rule in alike]


def _room(own: AidCeiling, most: Decimal, counted: Sequence[Entry], unknown: Decimal) -> Headroom:
    reserved = sum_eur([one for one in counted if one.origin == "reserved"])
    return Headroom(own, most, sum_eur(counted) + unknown, reserved, unknown, tuple(counted))


def _unknown(counted: Sequence[Entry], declared: Declared | None) -> Decimal:
    """What the company has told of beyond all we know of from before that day."""
    if declared is None:
        return NOTHING
    known = [
        one for one in counted if one.origin != "reserved" and one.right_arose_date <= declared.told_date
    ]
    return max(declared.amount_eur - sum_eur(known), NOTHING)
