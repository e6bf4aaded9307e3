"""The advisers' own cases: each row of each file is judged by its scheme's rules and must come out as written.

README.md tells how to add a row. A failure names the row, what was expected and what came out, in Norwegian, for
the one who wrote the row. The files are read by the same engine as the pages and `runde rules scenarios`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from runde.engine.rules import CompiledRuleSet, compile_ruleset, load_example
from runde.engine.rules.examples import EXAMPLES
from runde.engine.scenarios import ScenarioReport, ScenarioRow, run_scenarios, told

from .documented import page

FOLDER = Path(__file__).parent
CHECKED_ON = date(2026, 11, 23)
PLACES = {
    "smittevern": ("3103", {"nb": "Moss", "nn": "Moss", "en": "Moss"}),
    "kommunal-korona": ("5035", {"nb": "Stjørdal", "nn": "Stjørdal", "en": "Stjørdal"}),
}
NATIONAL_CASES = {
    "kompensasjon-k1": {
        *("K1-a", "K1-b", "K1-d mars", "K1-d april", "K1-e", "K1-f", "K1-h 70", "K1-h 140"),
    },
    "kompensasjon-k2": {"K2-a", "K2-c"},
    "kompensasjon-k3": {"K3-a", "K3-c liten", "K3-c større"},
}


@cache
def scheme(name: str) -> CompiledRuleSet:
    return compile_ruleset(load_example(name, *PLACES.get(name, (None, None))))


@cache
def report(name: str) -> ScenarioReport:
    return run_scenarios(scheme(name), (FOLDER / f"{name}.csv").read_bytes(), CHECKED_ON)


def rows() -> list[tuple[str, ScenarioRow]]:
    return [(name, row) for name in EXAMPLES for row in report(name).rows]


@pytest.mark.parametrize(("name", "row"), rows(), ids=lambda one: getattr(one, "name", one))
def test_each_case_comes_out_as_the_adviser_wrote(name: str, row: ScenarioRow) -> None:
    if row.state != "passed":
        pytest.fail("\n".join([f"{row.name} i {name}.csv: {row.story}", *told(row)]), pytrace=False)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_cases_try_each_lane_and_each_criterion(name: str) -> None:
    assert report(name).untested == ()
    assert report(name).notes == ()


def test_every_file_belongs_to_an_example_and_every_example_has_one() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(EXAMPLES)


def documented_pages() -> dict[str, str]:
    """The pages of docs/scenarios by name; tools/scenarios.py writes them."""
    return {name: page(scheme(name), report(name), CHECKED_ON) for name in EXAMPLES}


def test_the_pages_to_read_say_what_the_files_say() -> None:
    folder = FOLDER.parents[1] / "docs" / "scenarios"
    written = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert written == documented_pages(), "Kjør tools/scenarios.py."


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_row_has_a_story(name: str) -> None:
    assert [row.name for row in report(name).rows if len(row.story) < 10 or not row.number] == []


@pytest.mark.parametrize("name", NATIONAL_CASES)
def test_the_national_worked_cases_are_all_there(name: str) -> None:
    assert {row.number for row in report(name).rows} >= NATIONAL_CASES[name]


def test_unknown_and_divided_by_zero_are_both_tried() -> None:
    verdicts = [row.verdict for row in report("smittevern").rows if row.verdict]
    assert {one.why for verdict in verdicts for one in verdict.missing} >= {"missing", "division_by_zero"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_written_in_all_three_languages(name: str) -> None:
    assert scheme(name).ruleset.missing_translations() == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_figure_of_an_example_says_where_it_comes_from(name: str) -> None:
    parameters = scheme(name).ruleset.parameters
    figures = [
        (one.name, dated) for one in parameters for dated in one.values if one.name != "scheme_municipality"
    ]
    assert [name for name, dated in figures if not dated.source] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(
    ("column", "wrong"),
    [("Kommer i", "Oppfyller ikke"), ("Beløp", "117 500"), ("Krav som svikter", "konkurs")],
)
def test_a_wrong_expectation_is_told_with_its_column(name: str, column: str, wrong: str) -> None:
    lines = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()[:2]
    header, cells = (line.split(";") for line in lines)
    cells[header.index(column)] = wrong
    content = "\n".join([lines[0], ";".join(cells)]).encode()
    [row] = run_scenarios(scheme(name), content, CHECKED_ON).rows
    assert column in {one.column for one in row.deviations} | {one.column for one in row.problems}
    assert row.state != "passed"
