"""Who pays what: awards shared out over funding sources, the same way each time and exact to the øre.

Each award in the order given; for each, first the earmarked sources that fit its company, then the free ones,
each group by rank. An award is carried in full or not at all. With earmarks that overlap, another order could
sometimes make room for one more award; the order is kept because it can be explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Pot:
    """What is left of a funding source. Lower `rank` is used first."""

    source_id: UUID
    rank: int
    left_nok: Decimal
    is_earmarked: bool


@dataclass(frozen=True, slots=True)
class Want:
    """An award to be carried; `fits` are the earmarked sources whose purpose the company fits."""

    case_id: UUID
    amount_nok: Decimal
    fits: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """What one source carries of one award."""

    source_id: UUID
    amount_nok: Decimal


class MoneyShort(Exception):
    """The sources cannot carry all awards: `short_nok` is missing for `cases`."""

    def __init__(self, short_nok: Decimal, cases: Sequence[UUID]) -> None:
        super().__init__(f"{short_nok} short for {len(cases)} cases")
        self.short_nok = short_nok
        self.cases = tuple(cases)


def split_awards(wants: Sequence[Want], pots: Sequence[Pot]) -> dict[UUID, tuple[Part, ...]]:
    """The parts of each award by case, summing to it. Raises MoneyShort when any award cannot be carried."""
    left = {pot.source_id: pot.left_nok for pot in pots}
    ordered = sorted(pots, key=lambda pot: (not pot.is_earmarked, pot.rank, pot.source_id))
    shares: dict[UUID, tuple[Part, ...]] = {}
    short, without = Decimal(0), []
    for want in wants:
        parts, missing = _take(want, ordered, left)
        if missing:
            short += missing
            without.append(want.case_id)
            continue
        for part in parts:
            left[part.source_id] -= part.amount_nok
        shares[want.case_id] = parts
    if without:
        raise MoneyShort(short, without)
    return shares


def carry_whole(wants: Sequence[Want], pots: Sequence[Pot]) -> dict[UUID, UUID]:
    """The one source that carries each award whole, by case, chosen in the same order. Raises MoneyShort."""
    left = {pot.source_id: pot.left_nok for pot in pots}
    ordered = sorted(pots, key=lambda pot: (not pot.is_earmarked, pot.rank, pot.source_id))
    carried: dict[UUID, UUID] = {}
    short, without = Decimal(0), []
    for want in wants:
        open_to = [pot.source_id for pot in ordered if not pot.is_earmarked or pot.source_id in want.fits]
        source_id = next((one for one in open_to if left[one] >= want.amount_nok), None)
        if source_id is None:
            short += want.amount_nok - max((left[one] for one in open_to), default=Decimal(0))
            without.append(want.case_id)
            continue
        left[source_id] -= want.amount_nok
        carried[want.case_id] = source_id
    if without:
        raise MoneyShort(short, without)
    return carried


def _take(want: Want, pots: Sequence[Pot], left: dict[UUID, Decimal]) -> tuple[tuple[Part, ...], Decimal]:
    """The parts and what is still missing."""
    parts, missing = [], want.amount_nok
    for pot in pots:
        if pot.is_earmarked and pot.source_id not in want.fits:
            continue
        amount = min(missing, left[pot.source_id])
        if amount > 0:
            parts.append(Part(pot.source_id, amount))
            missing -= amount
    return tuple(parts), missing
