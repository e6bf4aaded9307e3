"""A scenario file run against a rule set, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from runde.engine.rules import CompiledRuleSet, RuleSet, Value, compile_ruleset
from runde.engine.scenarios.cells import UnreadableCell, read_cell, read_day
from runde.engine.scenarios.columns import Columns, find_columns
from runde.engine.scenarios.expecting import Words, compare
from runde.engine.scenarios.headings import LANES, Part
from runde.engine.scenarios.report import CellProblem, ScenarioReport, ScenarioRow
from runde.engine.scenarios.sheet import Record, read_sheet

SOURCE = "scenariet"


def run_scenarios(ruleset: RuleSet | CompiledRuleSet, content: bytes, on: date) -> ScenarioReport:
    """Judge every row of a CSV file, on the row's own day where the file has one, else on `on`.

    A row that cannot be read does not stop the others. Raises ScenarioError for a file that cannot be run at all,
    and RuleError for rules that cannot (a parameter without a value that day).
    """
    compiled = compile_ruleset(ruleset) if isinstance(ruleset, RuleSet) else ruleset
    sheet = read_sheet(content)
    columns = find_columns(sheet.header, compiled.rules)
    words = Words(compiled.rules)
    rows = tuple(_row(record, columns, compiled, words, on) for record in sheet.records)
    return ScenarioReport(
        ruleset=compiled.ruleset.name,
        version=compiled.ruleset.version,
        digest=compiled.digest,
        on=on,
        header=sheet.header,
        rows=_with_repeats_told(rows, columns),
        notes=sheet.notes,
        untested=tuple(_untested(rows, words)),
    )


def _row(record: Record, columns: Columns, compiled: CompiledRuleSet, words: Words, on: date) -> ScenarioRow:
    day, problems = _day(record, columns, on)
    values, unread = _values(record, columns, words, day)
    row = ScenarioRow(
        place=record.place,
        number=_cell(record, columns, "number"),
        story=_cell(record, columns, "story"),
        on=day,
        cells=record.cells,
        problems=(*problems, *unread),
    )
    if row.problems:
        return row
    verdict = compiled.check(values, day)
    deviations, unread = compare(record, columns, verdict, words)
    return replace(row, deviations=deviations, problems=unread, verdict=verdict)


def _cell(record: Record, columns: Columns, part: Part) -> str:
    return record.cells[columns.parts[part]] if part in columns.parts else ""


def _day(record: Record, columns: Columns, on: date) -> tuple[date, tuple[CellProblem, ...]]:
    text = _cell(record, columns, "on")
    if not text:
        return on, ()
    try:
        return read_day(text), ()
    except UnreadableCell as error:
        return on, (replace(error.problem, row=record.place, column=columns.heading_of("on")),)


def _values(
    record: Record, columns: Columns, words: Words, on: date
) -> tuple[dict[str, Value], tuple[CellProblem, ...]]:
    """The row's cells as facts. An empty cell is a fact nobody knows, never 0 and never no."""
    values: dict[str, Value] = {}
    problems = []
    for name, place in columns.facts.items():
        try:
            values[name] = Value(read_cell(words.rules.facts[name], record.cells[place], on), SOURCE)
        except UnreadableCell as error:
            problems.append(replace(error.problem, row=record.place, column=columns.header[place]))
    return values, tuple(problems)


def _with_repeats_told(rows: Sequence[ScenarioRow], columns: Columns) -> tuple[ScenarioRow, ...]:
    """A number that several rows have would make a failure point at the wrong one."""
    times = Counter(row.number for row in rows if row.number)
    return tuple(
        row.with_problem(
            CellProblem(
                f"Nummeret «{row.number[:60]}» er brukt flere ganger.",
                row.place,
                columns.heading_of("number"),
            )
        )
        if times[row.number] > 1
        else row
        for row in rows
    )


def _untested(rows: Iterable[ScenarioRow], words: Words) -> Iterable[str]:
    """Sentences about lanes and criteria that no readable row tries."""
    verdicts = [row.verdict for row in rows if row.verdict is not None]
    lanes: set[Any] = {verdict.lane for verdict in verdicts}
    failing = {result.slug for verdict in verdicts for result in verdict.not_met}
    yield from (f"Ingen sak kommer i «{names[0]}»." for lane, names in LANES.items() if lane not in lanes)
    named: Mapping[str, str] = words.criteria
    yield from (
        f"Ingen sak svikter på kravet «{name}»." for slug, name in named.items() if slug not in failing
    )
