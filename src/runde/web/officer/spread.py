"""How a batch falls on municipalities and industries: is anybody treated otherwise than the rest?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from runde.engine.reference.api import Edition, UnknownMunicipality, list_sections, municipality, number_text
from runde.grants.casework.api import Case, Lane
from runde.web.components.tables import Cell, Column, Row, Table

UNKNOWN = "Ikke kjent"
EDITION: Edition = "SN2025"


@dataclass(slots=True)
class Part:
    granted: int = 0
    refused: int = 0
    sum_nok: Decimal = Decimal(0)


def spread_tables(cases: Sequence[Case]) -> list[Table]:
    """One table by municipality when there are several, one by industry."""
    tables = [
        ("Etter kommune", "Kommune", _parts(cases, _place)),
        ("Etter næring", "Næring", _parts(cases, _industry)),
    ]
    return [_table(caption, name, parts) for caption, name, parts in tables if len(parts) > 1]


def _parts(cases: Iterable[Case], group: Callable[[Case], str]) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for case in cases:
        part = parts.setdefault(group(case), Part())
        if case.lane == Lane.GREEN:
            part.granted += 1
            part.sum_nok += case.recommended_nok or Decimal(0)
        else:
            part.refused += 1
    return dict(sorted(parts.items()))


def _industry(case: Case) -> str:
    letter = str(case.application.facts.get("register", {}).get("nace_section", {}).get("value") or "")
    return _section_names().get(letter, UNKNOWN)


@cache
def _section_names() -> dict[str, str]:
    return {one.letter: one.name for one in list_sections(EDITION)}


def _place(case: Case) -> str:
    try:
        return municipality(case.municipality_number).name
    except UnknownMunicipality:
        return UNKNOWN


def _table(caption: str, name: str, parts: dict[str, Part]) -> Table:
    columns = (
        Column(name),
        Column("Tilskudd", "number"),
        Column("Avslag", "number"),
        Column("Sum (kr)", "number"),
        Column("Snitt (kr)", "number"),
    )
    return Table(caption, columns, tuple(_row(group, part) for group, part in parts.items()))


def _row(group: str, part: Part) -> Row:
    mean = number_text(part.sum_nok / part.granted) if part.granted else "–"
    return Row(
        (
            Cell(group),
            Cell(number_text(part.granted)),
            Cell(number_text(part.refused)),
            Cell(number_text(part.sum_nok)),
            Cell(mean),
        )
    )
