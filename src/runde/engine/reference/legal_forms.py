"""Organisation forms and institutional sectors of the register."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from runde.engine.reference.errors import UnknownLegalForm, UnknownSector
from runde.engine.reference.package_data import load


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A register code (not always ASCII: SÆR), its Norwegian name and our grouping.

    `kind` is one of company, sole_trader, partnership, cooperative, association, foundation, foreign,
    foreign_branch, public, church, housing_cooperative, co_ownership, estate, fund, person, subunit,
    vat_unit, other.
    """

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sector:
    """An institutional sector of four digits; public ones are left out of business schemes by default."""

    code: str
    name: str
    kind: Literal["public", "finance", "private"]


def legal_form(code: str) -> LegalForm:
    """Raises UnknownLegalForm."""
    if code not in _forms():
        raise UnknownLegalForm(f"Organisasjonsform «{code}» er ikke kjent.")
    return _forms()[code]


def list_legal_forms() -> tuple[LegalForm, ...]:
    """All held forms, by code."""
    return tuple(_forms().values())


def sector(code: str) -> Sector:
    """Raises UnknownSector."""
    if code not in _sectors():
        raise UnknownSector(f"Sektorkode «{code}» er ikke kjent.")
    return _sectors()[code]


def list_sectors() -> tuple[Sector, ...]:
    """All held sectors, by code."""
    return tuple(_sectors().values())


@cache
def _forms() -> dict[str, LegalForm]:
    return {row[0]: LegalForm(*row) for row in load("legal_forms.json")["forms"]}


@cache
def _sectors() -> dict[str, Sector]:
    return {row[0]: Sector(*row) for row in load("sectors.json")["sectors"]}
