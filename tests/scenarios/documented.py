"""The advisers' cases as pages to read: one for each rule set, made from the files and the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from runde.engine.rules import CompiledRuleSet
from runde.engine.scenarios import ScenarioReport, scenario_table

WRITTEN_BY_TOOL = "<!-- Skrevet av tools/scenarios.py fra tests/scenarios. Rett der, ikke her. -->"
TOLD_FIRST = ("Nr", "Situasjon")
TOLD_LAST = (
    "Kommer i",
    "Beløp",
    "Krav som svikter",
    "Hvor langt unna",
    "Opplysninger som mangler",
    "Merknad",
    "Kilde",
)


def page(scheme: CompiledRuleSet, report: ScenarioReport, on: date) -> str:
    """The requirements as the public reads them, then every case with what is known and what comes out."""
    return "\n".join(_lines(scheme, report, on)) + "\n"


def _lines(scheme: CompiledRuleSet, report: ScenarioReport, on: date) -> Iterator[str]:
    yield from (f"# {scheme.ruleset.title['nb']}", "", WRITTEN_BY_TOOL, "", "## Kravene", "")
    yield from (f"- {sentence}" for sentence in scheme.requirements(on).values())
    yield from ("", f"## {len(report.rows)} saker og svaret på hver", "")
    table = scenario_table(report)
    for row in table.rows:
        yield from _case(dict(zip(table.header, row.cells, strict=True)))


def _case(cells: dict[str, str]) -> Iterator[str]:
    yield from (f"### {cells['Nr']}: {cells['Situasjon']}", "")
    known = [name for name in cells if name not in (*TOLD_FIRST, *TOLD_LAST) and cells[name]]
    yield from ("; ".join(f"{name}: {cells[name]}" for name in known) + ".", "")
    yield from (_outcome(cells), "")


def _outcome(cells: dict[str, str]) -> str:
    amount = f", {cells['Beløp']} kroner" if cells.get("Beløp") else ""
    rest = [f"{name}: {cells[name]}." for name in TOLD_LAST[2:] if cells.get(name)]
    return " ".join([f"**{cells['Kommer i']}**{amount}.", *rest])
