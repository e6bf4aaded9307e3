"""What the business register knows of a company, by the names rules use: the one list of them.

Rules are written with these facts, applications are judged by them, and the register extract has a column for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from runde.engine.reference.api import list_divisions, list_legal_forms, list_municipalities, list_sectors
from runde.engine.rules import Fact, load_example

Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """A fact and the attribute of `CompanyFacts` that holds it."""

    fact: Fact
    attribute: str


def register_facts() -> tuple[Fact, ...]:
    """Every register fact with its label and, for codes, what people call each of them."""
    return tuple(one.fact for one in _catalogue())


def register_attributes() -> dict[str, str]:
    """The name rules know each fact by, and what the register room calls it."""
    return {one.fact.name: one.attribute for one in _catalogue()}


@cache
def _catalogue() -> tuple[RegisterFact, ...]:
    sections = load_example("smittevern").fact("nace_section")
    return (
        _text("nace_section", "Næring", "Næring", "Industry", sections.codes if sections else {}),
        _text(
            "nace_code", "Næringskode", "Næringskode", "Industry code", _divisions(), attribute="industry_1"
        ),
        _text("municipality", "Kommune", "Kommune", "Municipality", _municipalities()),
        _text("legal_form", "Organisasjonsform", "Organisasjonsform", "Legal form", _legal_forms()),
        _text("sector", "Sektor", "Sektor", "Sector", _sectors()),
        _fact("employees", "integer", "Ansatte", "Tilsette", "Employees", unit="ansatte"),
        _fact(
            "has_registered_employees",
            "boolean",
            "Har registrerte ansatte",
            "Har registrerte tilsette",
            "Has registered employees",
        ),
        _fact(
            "registered_date",
            "date",
            "Registrert i Enhetsregisteret",
            "Registrert i Einingsregisteret",
            "Registered in the business register",
        ),
        _fact("founded_date", "date", "Stiftet", "Stifta", "Founded"),
        _fact("bankrupt", "boolean", "Konkurs", "Konkurs", "Bankrupt"),
        _fact("under_liquidation", "boolean", "Under avvikling", "Under avvikling", "Being wound up"),
        _fact(
            "forced_dissolution",
            "boolean",
            "Under tvangsoppløsning",
            "Under tvangsoppløysing",
            "Being dissolved by order",
        ),
        _fact("vat_registered", "boolean", "Mva-registrert", "Mva-registrert", "Registered for VAT"),
        _fact(
            "in_business_register",
            "boolean",
            "Registrert i Foretaksregisteret",
            "Registrert i Føretaksregisteret",
            "In the register of business enterprises",
        ),
    )


def _fact(name: str, type_name: str, nb: str, nn: str, en: str, *, unit: str = "") -> RegisterFact:
    return RegisterFact(Fact(name, type_name, "register", {"nb": nb, "nn": nn, "en": en}, unit=unit), name)


def _text(name: str, nb: str, nn: str, en: str, codes: Codes, *, attribute: str = "") -> RegisterFact:
    label = {"nb": nb, "nn": nn, "en": en}
    return RegisterFact(Fact(name, "text", "register", label, codes=codes), attribute or name)


def _divisions() -> Codes:
    """Names stand inside a sentence: "drive med {list}"."""
    return {one.code: {"nb": _lowered(one.name)} for one in list_divisions("SN2025")}


def _municipalities() -> Codes:
    """The numbers in use by the newest list."""
    return {place.number: {"nb": place.name} for place in list_municipalities(date.max)}


def _legal_forms() -> Codes:
    return {one.code: {"nb": _lowered(one.name)} for one in list_legal_forms()}


def _sectors() -> Codes:
    return {one.code: {"nb": _lowered(one.name)} for one in list_sectors()}


def _lowered(name: str) -> str:
    """A name that starts with capitals keeps them."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
