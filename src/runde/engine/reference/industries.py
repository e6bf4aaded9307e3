"""Industry codes: the Norwegian standard classification in its editions of 2007 and 2025.

The letter trap: a section letter means different things in the two editions (R is arts in 2007 and health in
2025), and many five-digit codes exist in both with different contents. So a code is never stored or compared
without its edition, and a section letter is always derived from the division, never carried over.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from stdnum.eu import nace
from stdnum.exceptions import ValidationError

from runde.engine.reference.errors import UnknownIndustry
from runde.engine.reference.languages import Language
from runde.engine.reference.package_data import load

Edition = Literal["SN2007", "SN2025"]
EDITIONS: tuple[Edition, ...] = ("SN2007", "SN2025")
UNSPECIFIED = "00.000"
"""The register's code for a unit whose industry is not stated."""

_PREFIX = re.compile(r"[0-9]{2}(?:\.[0-9]{1,3})?")
_NACE_REVISION: dict[Edition, str] = {"SN2007": "2.0", "SN2025": "2.1"}


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one edition: letter, names and the divisions it covers (inclusive)."""

    letter: str
    edition: Edition
    name: str
    name_en: str
    first_division: str
    last_division: str


@dataclass(frozen=True, slots=True)
class Industry:
    """A code of one edition. `name` is Norwegian, or the English class label when `named_in` is
    "en" (the Norwegian name is not held)."""

    code: str
    edition: Edition
    section: str
    name: str
    named_in: Language


def industry(code: str, edition: Edition) -> Industry:
    """The five-digit code `NN.NNN` in that edition. Raises UnknownIndustry."""
    names = _names(edition)
    if code not in names:
        raise UnknownIndustry(
            f"Næringskode «{code}» finnes ikke i {edition}. Skriv fem siffer, for eksempel 56.110."
        )
    held = names[code]
    name, language = (held, "nb") if held else (_english_label(code, edition), "en")
    return Industry(code, edition, section_letter(code, edition), name, language)  # type: ignore[arg-type]


def industry_group(prefix: str, edition: Edition) -> Industry:
    """A division, group or class (`56`, `56.1`, `56.11`) as schemes name industries; a whole code also works.

    Divisions have short Norwegian names, groups and classes the English ones. Raises UnknownIndustry.
    """
    if len(prefix) == len(UNSPECIFIED):
        return industry(prefix, edition)
    section = section_letter(prefix, edition)
    if not _PREFIX.fullmatch(prefix) or not any(code.startswith(prefix) for code in _names(edition)):
        raise UnknownIndustry(f"Ingen næringskode i {edition} begynner med «{prefix}».")
    division = _division_names(edition).get(prefix)
    if division is not None:
        return Industry(prefix, edition, section, division, "nb")
    return Industry(prefix, edition, section, _english_label(prefix, edition), "en")


def list_divisions(edition: Edition) -> tuple[Industry, ...]:
    """The two-digit divisions of the edition, by number."""
    return tuple(industry_group(division, edition) for division in _division_names(edition))


def list_industries(edition: Edition) -> tuple[Industry, ...]:
    """Every held five-digit code of the edition, by code."""
    return tuple(industry(code, edition) for code in _names(edition))


def section_letter(code: str, edition: Edition) -> str:
    """The section of a code of two digits or more. Raises UnknownIndustry."""
    letter = _letters_by_division(edition).get(code[:2])
    if letter is None or not code[:2].isdigit():
        raise UnknownIndustry(f"Næringskode «{code}» hører ikke til noen næring i {edition}.")
    return letter


def section(letter: str, edition: Edition) -> Section:
    """The section with that letter in that edition. Raises UnknownIndustry."""
    for found in list_sections(edition):
        if found.letter == letter:
            return found
    raise UnknownIndustry(f"Næringshovedområde «{letter}» finnes ikke i {edition}.")


@cache
def list_sections(edition: Edition) -> tuple[Section, ...]:
    """The sections of the edition, by letter."""
    return tuple(
        Section(letter, edition, name, name_en, first, last)
        for row_edition, letter, first, last, name, name_en in load("industry_sections.json")["sections"]
        if row_edition == edition
    )


def editions_of(code: str) -> tuple[Edition, ...]:
    """The editions that hold the code: none, one or both. Both means: ask where the code came from."""
    return tuple(edition for edition in EDITIONS if code in _names(edition))


def successors(code: str) -> tuple[str, ...]:
    """The SN2025 codes a SN2007 code may have become, several when it was divided.

    A code that kept its number gives itself. Raises UnknownIndustry for a code not in SN2007.
    """
    changed = load("industry_conversion.json")["successors"]
    if code in changed:
        return tuple(changed[code])
    if code in _names("SN2007"):
        return (code,)
    raise UnknownIndustry(f"Næringskode «{code}» er ikke en kjent kode i SN2007.")


def predecessors(code: str) -> tuple[str, ...]:
    """The SN2007 codes a SN2025 code gathers from. Raises UnknownIndustry for a code not in SN2025."""
    if code not in _names("SN2025"):
        raise UnknownIndustry(f"Næringskode «{code}» er ikke en kjent kode i SN2025.")
    return _predecessors().get(code, ())


@cache
def _names(edition: Edition) -> dict[str, str | None]:
    rows = load(f"industries_{edition.lower()}.json")["codes"]
    return {row[0]: row[1] for row in rows}


@cache
def _division_names(edition: Edition) -> dict[str, str]:
    rows = load("industry_divisions.json")["divisions"]
    return {division: name for row_edition, division, name in rows if row_edition == edition}


@cache
def _letters_by_division(edition: Edition) -> dict[str, str]:
    return {
        f"{division:02d}": found.letter
        for found in list_sections(edition)
        for division in range(int(found.first_division), int(found.last_division) + 1)
    }


@cache
def _predecessors() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for old in _names("SN2007"):
        for new in successors(old):
            table[new] = (*table.get(new, ()), old)
    return table


@cache
def _english_label(code: str, edition: Edition) -> str:
    try:
        return nace.get_label(code[:5], revision=_NACE_REVISION[edition])
    except ValidationError as error:
        raise UnknownIndustry(f"Næringskode «{code}» mangler navn i {edition}.") from error
