"""What the business register knows of a company, by the names rules use: the one list of them.

Rules are written with these facts, applications are judged by them, and the register extract has a column for each.
Facts without codes stand in `register_facts.csv`: name, type, unit and what people call them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

from runde.engine.reference.api import list_divisions, list_legal_forms, list_municipalities, list_sectors
from runde.engine.rules import Fact, load_example
from runde.foundation.companies.api import FACT_ATTRIBUTES

_LABELS_FILE = resources.files(__package__).joinpath("register_facts.csv")

Codes = Mapping[str, Mapping[str, str]]


def register_facts() -> tuple[Fact, ...]:
    """Every register fact with its label and, for codes, what people call each of them."""
    return _catalogue()


@cache
def register_types() -> dict[str, str]:
    """The name of each fact with the type the rules take it as."""
    return {fact.name: fact.type for fact in _catalogue()}


def register_attributes() -> dict[str, str]:
    """The name rules know each fact by, and the attribute of `CompanyFacts` that holds it."""
    return {fact.name: FACT_ATTRIBUTES[fact.name] for fact in _catalogue()}


@cache
def _catalogue() -> tuple[Fact, ...]:
    return (*_codes(), *_plain())


def _codes() -> tuple[Fact, ...]:
    sections = load_example("smittevern").fact("nace_section")
    divisions = _divisions()
    return (
        _text("nace_section", "Næring", "Næring", "Industry", sections.codes if sections else {}),
        _text("nace_code", "Næringskode", "Næringskode", "Industry code", divisions),
        _text("industry_2", "Næringskode 2", "Næringskode 2", "Second industry code", divisions),
        _text("industry_3", "Næringskode 3", "Næringskode 3", "Third industry code", divisions),
        _text("municipality", "Kommune", "Kommune", "Municipality", _municipalities()),
        _text("legal_form", "Organisasjonsform", "Organisasjonsform", "Legal form", _legal_forms()),
        _text("sector", "Sektor", "Sektor", "Sector", _sectors()),
    )


def _plain() -> tuple[Fact, ...]:
    labelled = (_LABELS_FILE.read_text(encoding="utf-8")).splitlines()[1:]
    rows = [line.split(";") for line in labelled if line]
    return tuple(_fact(name, kind, unit, nb, nn, en) for name, kind, unit, nb, nn, en in rows)


def _fact(name: str, kind: str, unit: str, nb: str, nn: str, en: str) -> Fact:
    return Fact(name, kind, "register", {"nb": nb, "nn": nn, "en": en}, unit=unit)


def _text(name: str, nb: str, nn: str, en: str, codes: Codes) -> Fact:
    return Fact(name, "text", "register", {"nb": nb, "nn": nn, "en": en}, codes=codes)


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
