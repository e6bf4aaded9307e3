"""A report as a file for a spreadsheet, and as a table for a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from runde.engine.scenarios.report import ScenarioReport, ScenarioRow, State

STATES: dict[State, str] = {
    "passed": "Som ventet",
    "differs": "Et annet svar",
    "unreadable": "Kan ikke leses",
}
_REPORT_HEADER = ("Rad", "Nr", "Situasjon", "Resultat", "Kolonne", "Ventet", "Fikk", "Hva som er galt")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[-+]?[\d ]+([.,]\d+)?( %)?")


@dataclass(frozen=True, slots=True)
class ScenarioTable:
    """The file as documentation: columns that some row uses, and each row's cells with how it went."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[str, ...]
    state: State
    told: tuple[str, ...]
    """Sentences on what differs or cannot be read; empty when the row came out as written."""


def scenario_table(report: ScenarioReport) -> ScenarioTable:
    """The rows as an adviser wrote them, without columns that are empty in all of them."""
    used = [place for place, name in enumerate(report.header) if name and _is_used(place, report)]
    rows = (TableRow(tuple(row.cells[place] for place in used), row.state, told(row)) for row in report.rows)
    return ScenarioTable(tuple(report.header[place] for place in used), tuple(rows))


def told(row: ScenarioRow) -> tuple[str, ...]:
    """One sentence for each thing that is not as it should be."""
    return (*(one.sentence() for one in row.problems), *(one.sentence() for one in row.deviations))


def _is_used(place: int, report: ScenarioReport) -> bool:
    return any(row.cells[place] for row in report.rows)


def as_csv(report: ScenarioReport) -> bytes:
    """A line for each row, and one more for each further thing that differs; for spreadsheets."""
    lines = [line for row in report.rows for line in _lines(row)]
    return written(_REPORT_HEADER, lines)


def _lines(row: ScenarioRow) -> Iterable[Sequence[str]]:
    start = (str(row.place), row.number, row.story, STATES[row.state])
    for problem in row.problems:
        yield (*start, problem.column, "", "", problem.sentence())
    for one in row.deviations:
        yield (*start, one.column, one.expected, one.got, "")
    if row.state == "passed":
        yield (*start, "", "", "", "")


def written(header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Norwegian spreadsheets open with the right letters, and in which no cell is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in line] for line in (header, *lines))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula."""
    if cell.startswith(_FORMULA) and cell != "-" and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
