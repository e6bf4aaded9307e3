"""A spreadsheet is read in one way or refused, with the row, the column and what was likely meant."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.rules import CompiledRuleSet, RuleError, Value, load_example
from runde.engine.scenarios import ScenarioError, run_scenarios
from runde.engine.scenarios.cells import UnreadableCell, read_cell
from runde.engine.scenarios.sheet import read_sheet

from .conftest import GOOD, HEADER, ON, changed, run


def test_a_file_in_words_passes(garden: CompiledRuleSet) -> None:
    report = run(garden, HEADER, GOOD)
    assert (report.passed, report.rows[0].deviations, report.rows[0].problems) == (1, (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters_and_encodings(garden: CompiledRuleSet, encoding: str, delimiter: str) -> None:
    lines = [line.replace(";", delimiter) for line in (HEADER, GOOD)]
    assert run(garden, *lines, encoding=encoding).is_clean


def test_excels_own_first_line_and_old_letters_are_understood_and_told(garden: CompiledRuleSet) -> None:
    report = run(garden, "sep=;", HEADER, GOOD, encoding="cp1252")
    assert report.is_clean
    assert [note for note in report.notes if "Windows-1252" in note and "CSV UTF-8" in note]
    assert report.rows[0].place == 2


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("kind", "FRUKTHAGE", "F"),
        ("kind", "orchard", "F"),
        ("kind", "k", "K"),
        ("municipality", "Moss", "3103"),
        ("municipality", "0301", "0301"),
        ("open", "SANN", True),
        ("open", "Nei", False),
        ("costs", "10\u00a0000,50", Decimal("10000.50")),
        ("costs", "kr 500,-", Decimal(500)),
        ("costs", "\u22125", Decimal(-5)),
        ("costs", "ukjent", None),
        ("costs", "", None),
        ("share", "30,5 %", Decimal("0.305")),
        ("share", "0", Decimal(0)),
        ("people", "1 200", Decimal(1200)),
        ("planted", "1.5.2020", "2020-05-01"),
        ("planted", "2020-05-01", "2020-05-01"),
        ("tags", "bier | allergi", frozenset({"a", "b"})),
    ],
)
def test_cells(garden: CompiledRuleSet, name: str, typed: str, value: object) -> None:
    read = read_cell(garden.rules.facts[name], typed, ON)
    assert (read.isoformat() if name == "planted" else read) == value


@pytest.mark.parametrize(
    ("column", "typed", "told"),
    [
        (
            "Slags hage",
            "frukhage",
            "«frukhage» finnes ikke i kodelista. Skriv koden eller navnet på den. Mente du «frukthage»?",
        ),
        ("Åpen for alle", "kanskje", "«kanskje» er ikke ja eller nei."),
        ("Kostnader", "mange", "«mange» er ikke et tall vi kan lese."),
        ("Kostnader", "5,000", "«5,000» kan bety to ting."),
        ("Egen andel", "30", "Andelen mangler prosenttegn."),
        ("Personer", "2,5", "Skriv et helt tall."),
        ("Plantet", "31.02.2020", "«31.02.2020» er ikke en dato."),
        ("Plantet", "1.5.20", "Mente du «01.05.2020»?"),
        ("Kommune", "301", "Mente du «0301»?"),
        ("Kommune", "Mos", "Mente du «moss»?"),
        ("Kommer i", "Klarer", "Mente du «Klare»?"),
        ("Kommer i", "", "Ruten er tom."),
        ("Beløp", "mye", "«mye» er ikke et tall vi kan lese."),
    ],
)
def test_a_bad_cell_is_told_with_row_and_column(
    garden: CompiledRuleSet, column: str, typed: str, told: str
) -> None:
    report = run(garden, HEADER, GOOD.replace("1;", "0;", 1), changed(column, typed))
    first, bad = report.rows
    assert (first.state, bad.state) == ("passed", "unreadable")
    [problem] = bad.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.sentence().startswith(f"Rad 3, «{column}»: ")
    assert told in problem.sentence()


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            "Nr;Kostnad;Kommer i",
            "Rad 1, «Kostnad»: Ordningen har ingen opplysning som heter det. Mente du «Kostnader»?",
        ),
        ("Kostnader;costs;Kommer i", "To kolonner er om det samme."),
        ("Kostnader", "Filen mangler kolonnen «Kommer i»."),
    ],
)
def test_headings_are_told(garden: CompiledRuleSet, header: str, told: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        run(garden, header, ";".join("123"[: header.count(";") + 1]))
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen er tom."),
        (b"Nr;Kommer i\r\n", "ingen saker"),
        (b"Nr;Kommer i\r\n;\r\n", "ingen saker"),
        (b"PK\x03\x04rest", "Excel-arbeidsbok"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfeN\x00r\x00", "Unicode-tekst"),
        (b"Nr;Kommer i\r\n1;\x00Klare", "ikke er tekst"),
        (b"Nr;Kommer i\r\n1;\x81\x8d", "bokstavene"),
        (b'Nr;Kommer i\r\n1;"Klare', "sig"),
        (b'Nr;Kommer i\r\n1;"Kla"re', "sig"),
        (b"Nr;Kommer i\r\n1;Klare;noe mer", "Raden har 3 ruter"),
        (b"sep=|\r\nNr|Kommer i\r\n1|Klare", "semikolon"),
        (b"Nr;Kommer i\r\n1;" + b"a" * 2001, "2000 tegn"),
        (b"x" * 2_000_001, "2 MB"),
        (b";" * 300 + b"Kommer i\r\n1", "200 kolonner"),
    ],
)
def test_files_that_cannot_be_run_are_refused_in_a_sentence(
    garden: CompiledRuleSet, content: bytes, told: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        run_scenarios(garden, content, ON)
    assert (told if told != "sig" else "anførselstegn") in str(refused.value)


def test_too_many_rows_are_refused(garden: CompiledRuleSet) -> None:
    with pytest.raises(ScenarioError, match="5000 saker"):
        run(garden, "Nr;Kommer i", *["1;Klare"] * 5001)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(ScenarioError):
        sheet = read_sheet(content)
        assert all(len(record.cells) == len(sheet.header) for record in sheet.records)


@given(
    st.text(max_size=60),
    st.sampled_from(["kind", "municipality", "open", "costs", "share", "people", "planted", "tags"]),
)
@settings(max_examples=300, deadline=None)
def test_any_cell_is_read_or_refused(garden: CompiledRuleSet, typed: str, name: str) -> None:
    with suppress(UnreadableCell):
        value = read_cell(garden.rules.facts[name], " ".join(typed.split()), ON)
        garden.check({name: Value(value)}, ON)


def test_rules_without_a_figure_that_day_say_so(garden: CompiledRuleSet) -> None:
    with pytest.raises(RuleError, match="scheme_municipality"):
        run_scenarios(load_example("smittevern"), b"Kommer i\r\nKlare", ON)
