"""Ceilings for state aid, by rule and day of award."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from runde.engine.reference.errors import UnknownFigure, UnverifiedFigure
from runde.engine.reference.package_data import load


@dataclass(frozen=True, slots=True)
class AidCeiling:
    """A version of a ceiling.

    `amount` is in `currency` and may be reached but not passed (`is_inclusive`). A "rolling" window of n
    years counts an earlier award when award day > new award day - n years; "fiscal_years" counts the current
    and the n - 1 years before it.
    """

    rule: str
    version: str
    amount: Decimal
    currency: str
    window_type: Literal["rolling", "fiscal_years"]
    window_years: int
    is_inclusive: bool
    valid_from: date | None
    valid_to: date | None
    is_verified: bool
    source: str
    regulation: str

    def is_valid_on(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


def aid_ceiling(rule: str, on: date, *, accept_unverified: bool = False) -> AidCeiling:
    """The ceiling of the rule ("general", "road_freight", "sgei", …) for an award made that day.

    Raises UnknownFigure when no version covers the day, UnverifiedFigure when the held figure is not
    confirmed and `accept_unverified` is not set.
    """
    for found in list_aid_ceilings():
        if found.rule == rule and found.is_valid_on(on):
            if not found.is_verified and not accept_unverified:
                raise UnverifiedFigure(
                    f"Taket for «{rule}» ({found.regulation}) er ikke bekreftet. Sjekk kilden før bruk."
                )
            return found
    raise UnknownFigure(f"Ingen ramme for støtte «{rule}» er lagt inn for {on.isoformat()}.")


@cache
def list_aid_ceilings() -> tuple[AidCeiling, ...]:
    """Every held version, newest first within a rule."""
    return tuple(
        AidCeiling(
            rule=row["rule"],
            version=row["version"],
            amount=Decimal(row["amount"]),
            currency=row["currency"],
            window_type=row["window_type"],
            window_years=row["window_years"],
            is_inclusive=row["is_inclusive"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            is_verified=row["is_verified"],
            source=row["source"],
            regulation=row["regulation"],
        )
        for row in load("aid_ceilings.json")["ceilings"]
    )
