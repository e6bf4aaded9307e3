"""What a new decision does to the money of a grant that stands: what is set aside more, and what goes back.

Each source keeps what it already carries. A higher amount is carried by what the sources have left; a lower one takes
from the source that was used last first, and never what is in a bank file or paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from .split import Part

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a grant that stands carries by source, in the order used, and how much of it has left for the bank."""

    parts: tuple[Part, ...] = ()
    gone_nok: Mapping[UUID, Decimal] | None = None

    @property
    def amount_nok(self) -> Decimal:
        return sum((part.amount_nok for part in self.parts), NOTHING)

    @property
    def least_nok(self) -> Decimal:
        """What cannot be taken back without claiming money: in a bank file, or paid."""
        return sum((self.gone_nok or {}).values(), NOTHING)


class BelowPaid(Exception):
    """The amount is lower than what has left for the bank: `least_nok`."""

    def __init__(self, least_nok: Decimal) -> None:
        super().__init__(f"At least {least_nok} has left for the bank")
        self.least_nok = least_nok


def lowered(standing: Standing, amount_nok: Decimal) -> tuple[Part, ...]:
    """The parts that are left when the grant is lowered to the amount. Raises BelowPaid."""
    if amount_nok < standing.least_nok:
        raise BelowPaid(standing.least_nok)
    gone, over = standing.gone_nok or {}, standing.amount_nok - amount_nok
    left: list[Part] = []
    for part in reversed(standing.parts):
        taken = min(over, part.amount_nok - gone.get(part.source_id, NOTHING))
        over -= taken
        left.append(Part(part.source_id, part.amount_nok - taken))
    return tuple(part for part in reversed(left) if part.amount_nok)


def joined(parts: Sequence[Part], more: Sequence[Part]) -> tuple[Part, ...]:
    """Both together, one part for each source, in the order first used."""
    sums: dict[UUID, Decimal] = {}
    for part in (*parts, *more):
        sums[part.source_id] = sums.get(part.source_id, NOTHING) + part.amount_nok
    return tuple(Part(source_id, amount) for source_id, amount in sums.items())


def above(parts: Sequence[Part], others: Sequence[Part]) -> tuple[Part, ...]:
    """By source, how much more the parts carry than the others; sources that carry no more are left out."""
    less = {part.source_id: part.amount_nok for part in others}
    found = [Part(part.source_id, part.amount_nok - less.get(part.source_id, NOTHING)) for part in parts]
    return tuple(part for part in found if part.amount_nok > 0)
