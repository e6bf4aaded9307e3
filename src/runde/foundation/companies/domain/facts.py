"""What the register says about a unit, with where it comes from and as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WITHHELD_EMPLOYEES = (1, 4)
"""The register does not publish the number of employees when it is one to four. Source: Enhetsregisteret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """Facts common to main units and sub-units.

    Empty text and None mean "not in the register", never zero or no. `municipality` is the number in use today,
    empty when the number as written was split or is unknown. `known_from` is the first and `as_of_date` the
    last register date at which these facts stood; `source` names the register.
    """

    orgnr: str
    name: str
    sort_key: str
    legal_form: str
    industry_1: str
    industry_2: str
    industry_3: str
    industry_standard: str
    nace_section: str
    has_registered_employees: bool | None
    employees: int | None
    municipality: str
    municipality_as_written: str
    street: str
    postcode: str
    place: str
    country: str
    postal_municipality: str
    postal_street: str
    postal_postcode: str
    postal_place: str
    postal_country: str
    registered_date: date | None
    vat_registered: bool | None
    parent_orgnr: str
    deleted_date: date | None
    known_from: date
    as_of_date: date
    source: str = "Enhetsregisteret"

    @property
    def employees_range(self) -> tuple[int, int] | None:
        """Fewest and most employees the register allows for; None when it says nothing."""
        if self.employees is not None:
            return (self.employees, self.employees)
        return WITHHELD_EMPLOYEES if self.has_registered_employees else None

    @property
    def employees_text(self) -> str:
        """The number for a person to read."""
        if self.employees is not None:
            return str(self.employees)
        if self.has_registered_employees:
            return "1–4 (ikke offentliggjort)"
        return "Ikke registrert"

    @property
    def industries(self) -> tuple[str, ...]:
        """The industry codes in order, the main one first."""
        return tuple(code for code in (self.industry_1, self.industry_2, self.industry_3) if code)

    @property
    def is_deleted(self) -> bool:
        return self.deleted_date is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFacts(UnitFacts):
    """A main unit."""

    founded_date: date | None
    sector: str
    accounts_year: int | None
    in_business_register: bool | None
    in_voluntary_register: bool | None
    in_foundation_register: bool | None
    in_group: bool | None
    bankrupt: bool | None
    bankrupt_date: date | None
    under_liquidation: bool | None
    under_liquidation_date: date | None
    forced_dissolution: bool | None
    reconstruction_date: date | None
    language_form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubUnitFacts(UnitFacts):
    """A sub-unit; `parent_orgnr` is its main unit, which we may not hold."""

    started_date: date | None
    taken_over_date: date | None
    closed_date: date | None
