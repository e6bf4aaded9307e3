"""Each row is held against the rules, and what differs is told in the words of the file."""

from __future__ import annotations

import csv
import io

import pytest

from runde.engine.rules import CompiledRuleSet
from runde.engine.scenarios import as_csv, run_scenarios, scenario_table, scenario_template, told
from runde.engine.scenarios.outputs import harmless

from .conftest import GOOD, HEADER, ON, changed, run

WIDE = f"{HEADER};Krav som svikter;Hvor langt unna;Opplysninger som mangler;Halvparten;Eget bidrag"


def test_a_wrong_outcome_and_amount_are_told(garden: CompiledRuleSet) -> None:
    line = changed("Beløp", "5 001", line=changed("Kommer i", "Oppfyller ikke"))
    report = run(garden, HEADER, line)
    assert told(report.rows[0]) == (
        "Kommer i: ventet «Oppfyller ikke», fikk «Klare»",
        "Beløp: ventet «5 001», fikk «5 000»",
    )
    assert (report.differing, report.is_clean) == (1, False)
    assert report.summary() == "1 sak: 0 som ventet, 1 med et annet svar."


def test_criteria_may_come_in_any_order_with_their_distances(garden: CompiledRuleSet) -> None:
    line = changed("Kostnader", "900", line=changed("Slags hage", "K"))
    line = changed("Kommer i", "Oppfyller ikke", line=changed("Beløp", "", line=line))
    header = WIDE.removesuffix(";Eget bidrag").removesuffix(";Halvparten")
    for criteria, distances in (
        ("slags hage | kostnader", "- | mangler 100 kroner"),
        ("Kostnader | orchard", "mangler 100 kroner | -"),
    ):
        assert told(run(garden, header, f"{line};{criteria};{distances};").rows[0]) == ()
    [problem] = run(garden, header, f"{line};kostnader;;").rows[0].problems
    assert "Det er 1 krav, men 0 avstander." in problem.sentence()
    [problem] = run(garden, header, f"{line};kostnad;-;").rows[0].problems
    assert problem.suggestion == "kostnader"


def test_a_criterion_with_refusal_may_expect_nothing_or_zero(garden: CompiledRuleSet) -> None:
    line = changed("Kostnader", "900", line=changed("Kommer i", "Oppfyller ikke"))
    for amount in ("", "0"):
        assert run(garden, HEADER, changed("Beløp", amount, line=line)).is_clean
    assert not run(garden, HEADER, changed("Beløp", "450", line=line)).is_clean


def test_an_empty_cell_is_unknown_and_may_be_expected(garden: CompiledRuleSet) -> None:
    line = changed("Kostnader", "", line=changed("Kommer i", "Må vurderes"))
    header = WIDE.removesuffix(";Eget bidrag")
    row = run(garden, header, changed("Beløp", "", line=line) + ";;;Kostnader;").rows[0]
    assert told(row) == ()
    row = run(garden, header, changed("Beløp", "", line=line) + ";;;;").rows[0]
    assert told(row) == ("Opplysninger som mangler: ventet ingenting, fikk «Kostnader»",)


def test_figures_on_the_way_are_compared_as_exactly_as_they_are_written(garden: CompiledRuleSet) -> None:
    line = changed("Beløp", "5 000,62", line=changed("Kostnader", "10 001,23"))
    header = WIDE.removesuffix(";Eget bidrag")
    for half in ("5 001", "5 000,6", "5 000,62", "5 000,615"):
        assert run(garden, header, f"{line};;;;{half}").is_clean
    for half in ("5 000", "5 000,61", "5 000,6150001"):
        assert not run(garden, header, f"{line};;;;{half}").is_clean


def test_the_day_of_judgement_may_stand_in_the_row(garden: CompiledRuleSet) -> None:
    line = changed("Beløp", "750", line=changed("Kostnader", "1 500"))
    assert run(garden, f"{HEADER};Dato", f"{line};").is_clean
    report = run(garden, f"{HEADER};Dato", f"{line};01.06.2026")
    assert told(report.rows[0])[0] == "Kommer i: ventet «Klare», fikk «Oppfyller ikke»"
    assert report.rows[0].on.isoformat() == "2026-06-01"


def test_what_no_row_tries_is_told(garden: CompiledRuleSet) -> None:
    untested = run(garden, HEADER, GOOD).untested
    assert "Ingen sak kommer i «Oppfyller ikke»." in untested
    assert "Ingen sak svikter på kravet «kostnader»." in untested


def test_a_number_used_twice_is_told_on_both_rows(garden: CompiledRuleSet) -> None:
    assert [row.state for row in run(garden, HEADER, GOOD, GOOD).rows] == ["unreadable"] * 2


def test_the_template_is_a_file_that_passes(garden: CompiledRuleSet) -> None:
    content = scenario_template(garden, ON)
    assert content.startswith(b"\xef\xbb\xbfNr;Situasjon;Slags hage;")
    assert run_scenarios(garden, content, ON).is_clean


def test_a_report_as_csv_runs_no_formula(garden: CompiledRuleSet) -> None:
    evil = changed("Situasjon", '"=HYPERLINK(""http://x"")"', line=changed("Nr", "@1"))
    content = as_csv(run(garden, HEADER, evil.replace(";Klare;", ";Må vurderes;"))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[1][:4] == ["2", "'@1", '\'=HYPERLINK("http://x")', "Et annet svar"]
    assert rows[1][4:7] == ["Kommer i", "Må vurderes", "Klare"]


@pytest.mark.parametrize("cell", ["-", "-5", "-5 000,50", "−5", "+47", "5 %", "-3,5 %", "tekst", ""])
def test_figures_and_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-2+3", "@A1", "\tx", "\r=1"])
def test_what_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_the_table_for_pages_leaves_out_columns_nobody_uses(garden: CompiledRuleSet) -> None:
    table = scenario_table(run(garden, f"{HEADER};Merknad", f"{GOOD};"))
    assert "Merknad" not in table.header
    assert table.rows[0].state == "passed"
    assert len(table.rows[0].cells) == len(table.header)


def test_the_report_is_plain_data(garden: CompiledRuleSet) -> None:
    data = run(garden, HEADER, changed("Beløp", "1"), changed("Beløp", "x").replace("1;", "2;", 1)).to_dict()
    assert (data["differing"], data["unreadable"]) == (1, 1)
    assert data["rows"][0]["deviations"] == [{"column": "Beløp", "expected": "1", "got": "5 000"}]
