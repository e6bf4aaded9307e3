"""How money moves between the places of one funding source. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

CEILING = Decimal(10) ** 12  # the column holds twelve digits before the comma
ORE = Decimal("0.01")


class Place(StrEnum):
    """Where money of one funding source can stand."""

    GIVER = "giver"
    AVAILABLE = "available"
    COMMITTED = "committed"
    IN_BANK_FILE = "in_bank_file"
    PAID = "paid"


FLOORS = {
    Place.GIVER: "none",
    Place.AVAILABLE: "account",
    Place.COMMITTED: "subject",
    Place.IN_BANK_FILE: "subject",
    Place.PAID: "subject",
}


class Share(NamedTuple):
    """What one funding source carries of one posting for one case. Shares with the same key are one entry."""

    key: str
    case_id: UUID
    source_id: UUID
    amount_nok: Decimal


class Side(NamedTuple):
    """One leg to be: where, for which case (None on the source's own places), how much."""

    source_id: UUID
    place: Place
    case_id: UUID | None
    amount_nok: Decimal


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of posting: out of one place, into another."""

    kind: str
    out_of: Place
    into: Place
    text: str


APPROPRIATE = Move("appropriation", Place.GIVER, Place.AVAILABLE, "Bevilgning")
REDUCE = Move("reduction", Place.AVAILABLE, Place.GIVER, "Bevilgning satt ned")
COMMIT = Move("commitment", Place.AVAILABLE, Place.COMMITTED, "Satt av til vedtak")
RELEASE = Move("release", Place.COMMITTED, Place.AVAILABLE, "Frigitt")
TO_BANK_FILE = Move("bank_file", Place.COMMITTED, Place.IN_BANK_FILE, "Lagt i bankfil")
MARK_PAID = Move("payment", Place.IN_BANK_FILE, Place.PAID, "Sendt til bank")
COME_BACK = Move("bank_return", Place.PAID, Place.COMMITTED, "Kom tilbake fra banken")


def sides_of(move: Move, shares: Iterable[Share]) -> list[Side]:
    """The two legs of each share, money leaving first. They sum to zero within each source."""
    sides = []
    for share in shares:
        for place, amount in ((move.out_of, -share.amount_nok), (move.into, share.amount_nok)):
            case_id = share.case_id if FLOORS[place] == "subject" else None
            sides.append(Side(share.source_id, place, case_id, amount))
    return sides


def is_postable(amount_nok: object) -> bool:
    """Whether the amount is a Decimal above zero in whole øre that the books can hold."""
    if not isinstance(amount_nok, Decimal) or not amount_nok.is_finite():
        return False
    return 0 < amount_nok < CEILING and amount_nok == amount_nok.quantize(ORE)


def gather(shares: Iterable[Share]) -> dict[str, list[Share]]:
    """The shares of each entry, by key, in the order given."""
    entries: dict[str, list[Share]] = {}
    for share in shares:
        entries.setdefault(share.key, []).append(share)
    return entries
