"""The advisers' own cases: each row of smittevern.csv is judged by the scheme's rules and must come out as written.

README.md tells how to add a row. A failure names the row, what was expected and what came out, in Norwegian, for
the one who wrote the row.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from runde.engine.rules import CompiledRuleSet, Missing, Value, Verdict, compile_ruleset, load_example

FILE = Path(__file__).with_name("smittevern.csv")
CHECKED_ON = date(2026, 11, 23)
MUNICIPALITY, ITS_NAME = "3103", {"nb": "Moss"}

LANES = {"green": "Klare", "yellow": "Må vurderes", "red": "Oppfyller ikke"}
CRITERIA = {
    "industry": "næring",
    "municipality": "kommune",
    "not_bankrupt": "konkurs",
    "not_under_liquidation": "avvikling",
    "registered_before": "registrert før",
    "revenue_drop_floor": "minste fall",
    "revenue_drop": "krav til fall",
    "minimum_amount": "minste tilskudd",
}
WHY_MISSING = {"missing": "", "division_by_zero": " (er 0)", "out_of_range": " (kan vi ikke regne med)"}

Row = dict[str, str]


class Unreadable(Exception):
    """A cell that cannot be understood; the text says which row and column, and how to write it."""


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return [{name: (cell or "").strip() for name, cell in row.items()} for row in _reader(file)]


def _reader(file: Any) -> csv.DictReader[str]:
    return csv.DictReader(file, delimiter=";", restkey="for mange ruter", restval="")


def facts_of(row: Row) -> dict[str, Value]:
    """The row's cells as facts. An empty cell is a fact nobody knows, never 0 and never no."""
    return {
        fact: Value(None if row[column] == "" else read(row, column))
        for fact, (column, read) in COLUMNS.items()
    }


def as_text(row: Row, column: str) -> str:
    return row[column]


def as_answer(row: Row, column: str) -> bool:
    answers = {"ja": True, "nei": False}
    if row[column].lower() not in answers:
        raise Unreadable(f"Rad {row['Nr']}, «{column}»: skriv ja, nei eller la ruten stå tom.")
    return answers[row[column].lower()]


def as_day(row: Row, column: str) -> date:
    try:
        return datetime.strptime(row[column], "%d.%m.%Y").date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        raise Unreadable(
            f"Rad {row['Nr']}, «{column}»: skriv datoen som dag.måned.år, for eksempel 01.03.2026."
        ) from None


def as_amount(row: Row, column: str) -> Decimal:
    plain = "".join(row[column].split()).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise Unreadable(
            f"Rad {row['Nr']}, «{column}»: skriv beløpet med tall, for eksempel 320 000 eller 320 000,50."
        ) from None


COLUMNS: dict[str, tuple[str, Callable[[Row, str], Any]]] = {
    "municipality": ("Kommune", as_text),
    "nace_section": ("Næring", as_text),
    "nace_code": ("Næringskode", as_text),
    "bankrupt": ("Konkurs", as_answer),
    "under_liquidation": ("Under avvikling", as_answer),
    "registered_date": ("Registrert", as_day),
    "revenue_period": ("Omsetning i perioden", as_amount),
    "revenue_comparison": ("Omsetning året før", as_amount),
    "fixed_costs": ("Faste kostnader", as_amount),
}


def expected(row: Row) -> Row:
    """What the adviser wrote, read so that spaces in amounts and the like do not matter."""
    amount = as_amount(row, "Beløp") if row["Beløp"] else None
    lists = ("Krav som svikter", "Hvor langt unna", "Opplysninger som mangler")
    return {
        "Kommer i": row["Kommer i"],
        "Beløp": _amount(amount),
        **{name: " | ".join(_parts(row[name])) for name in lists},
    }


def found(verdict: Verdict) -> Row:
    """What the rules said, in the words of the file."""
    distances = [one.distance.sentence("nb") if one.distance else "-" for one in verdict.not_met]
    return {
        "Kommer i": LANES[verdict.lane],
        "Beløp": _amount(verdict.amount_nok),
        "Krav som svikter": " | ".join(CRITERIA[one.slug] for one in verdict.not_met),
        "Hvor langt unna": " | ".join(distances).replace("\u00a0", " "),
        "Opplysninger som mangler": " | ".join(_named(one) for one in verdict.missing),
    }


def differences(row: Row, verdict: Verdict) -> list[str]:
    """A line for each column where the rules say something else than the row."""
    wanted, came = expected(row), found(verdict)
    return [
        f"  {column}: ventet «{wanted[column]}», fikk «{came[column]}»"
        for column in wanted
        if wanted[column] != came[column]
    ]


def _amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|")] if cell else []


def _named(missing: Missing) -> str:
    return missing.label["nb"] + WHY_MISSING[missing.why]


@pytest.fixture(scope="module")
def scheme() -> CompiledRuleSet:
    return compile_ruleset(load_example("smittevern", MUNICIPALITY, ITS_NAME))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"rad-{row['Nr']}")
def test_each_case_comes_out_as_the_adviser_wrote(row: Row, scheme: CompiledRuleSet) -> None:
    different = differences(row, scheme.check(facts_of(row), CHECKED_ON))
    if different:
        story = [f"Rad {row['Nr']} i {FILE.name}: {row['Situasjon']}", *different]
        pytest.fail("\n".join(story), pytrace=False)


def test_the_cases_cover_each_lane_and_each_criterion(scheme: CompiledRuleSet) -> None:
    verdicts = [scheme.check(facts_of(row), CHECKED_ON) for row in rows()]
    assert {verdict.lane for verdict in verdicts} == set(LANES)
    assert {one.slug for verdict in verdicts for one in verdict.not_met} == set(CRITERIA)
    assert {one.why for verdict in verdicts for one in verdict.missing} >= {"missing", "division_by_zero"}


def test_the_names_of_the_criteria_are_the_schemes(scheme: CompiledRuleSet) -> None:
    assert set(CRITERIA) == {criterion.slug for criterion in scheme.ruleset.criteria}


def test_every_row_has_a_number_of_its_own_and_a_story() -> None:
    assert [number for number, times in Counter(row["Nr"] for row in rows()).items() if times > 1] == []
    assert [row["Nr"] for row in rows() if len(row["Situasjon"]) < 10 or "for mange ruter" in row] == []
    assert len(rows()) >= 25


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("Kommer i", "Oppfyller ikke"),
        ("Beløp", "117 500"),
        ("Krav som svikter", "næring"),
        ("Opplysninger som mangler", "Konkurs"),
    ],
)
def test_a_wrong_expectation_is_told_with_its_column(
    column: str, wrong: str, scheme: CompiledRuleSet
) -> None:
    row = rows()[0] | {column: wrong}
    told = differences(row, scheme.check(facts_of(row), CHECKED_ON))
    assert [line.split(":")[0].strip() for line in told] == [column]


@pytest.mark.parametrize(
    ("column", "typed"),
    [("Konkurs", "kanskje"), ("Registrert", "2026-03-01"), ("Faste kostnader", "mange")],
)
def test_a_cell_that_cannot_be_read_names_its_row_and_column(column: str, typed: str) -> None:
    with pytest.raises(Unreadable, match=f"Rad 1, «{column}»"):
        facts_of(rows()[0] | {column: typed})
