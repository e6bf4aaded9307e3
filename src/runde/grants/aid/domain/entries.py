"""Aid as the ceiling counts it: one entry for each award, reservation, declared award and row of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from uuid import UUID

CENT = Decimal("0.01")
Origin = Literal["award", "reserved", "register", "declared"]
FIRST_OF: tuple[Origin, ...] = ("award", "reserved", "register", "declared")
"""Of the same aid told twice, the first of these is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Aid by one rule. Amounts are gross grant equivalents; `rule` is empty for aid that counts against no ceiling.

    `origin`: "award" is decided in the region, "reserved" is promised by a decision that waits for money,
    "register" comes from the national register, "declared" is what a company has told.
    """

    origin: Origin
    organisation_number: str
    giver: str
    giver_number: str
    title: str
    rule: str
    right_arose_date: date
    amount_nok: Decimal
    amount_eur: Decimal
    decision_id: UUID | None = None
    id: UUID | None = None
    same_costs: bool = False


def euros(amount_nok: Decimal, rate: Decimal) -> Decimal:
    """In euro to the cent, half a cent upward. `rate` is kroner for one euro."""
    return (amount_nok / rate).quantize(CENT, rounding=ROUND_HALF_UP)


def without_doubles(entries: Iterable[Entry]) -> list[Entry]:
    """Each award once, though several have told of it; oldest first.

    The same recipient, day, amount and giver is the same award, one for one: two alike in one source are two. Givers
    are told apart by number where both have one, else by name. When in doubt both count.
    """
    kept: list[Entry] = []
    for origin in FIRST_OF:
        free = list(kept)
        for one in (entry for entry in entries if entry.origin == origin):
            double = next((other for other in free if is_same(one, other)), None)
            if double is None:
                kept.append(one)
            else:
                free.remove(double)
    return sorted(kept, key=lambda one: (one.right_arose_date, one.organisation_number, str(one.id)))


def is_same(one: Entry, other: Entry) -> bool:
    """Whether two sources tell of one award."""
    if (one.organisation_number, one.right_arose_date, one.amount_nok) != (
        other.organisation_number,
        other.right_arose_date,
        other.amount_nok,
    ):
        return False
    if one.giver_number and other.giver_number:
        return one.giver_number == other.giver_number
    return one.giver.casefold().strip() == other.giver.casefold().strip()


def sum_eur(entries: Sequence[Entry]) -> Decimal:
    return sum((one.amount_eur for one in entries), Decimal(0))
