"""Periods, tables, files, several choices, municipalities, industries and information: read, kept, shown, refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from runde.engine.reference.api import Language
from runde.foundation.forms.api import (
    FormVersion,
    Stage,
    fact_types_in,
    form_of,
    questions_of,
    raw_of,
    read_answers,
    shown_answers,
    typed,
)
from tests.foundation.forms.definitions import COLUMNS, OPTIONS, check, question, texts
from tests.foundation.forms.definitions import form_of as one_section

FILES = ["0198b0a0-0000-7000-8000-000000000001", "0198b0a0-0000-7000-8000-000000000002"]


def asking(kind: str, **settings: Any) -> FormVersion:
    return form_of(one_section(question("one", kind, **settings)))


def value(form: FormVersion, raw: Any) -> Any:
    reading = read_answers(form, {"one": raw}, require=None, language="nb")
    assert reading.errors == {}
    return reading.values.get("one")


def error(form: FormVersion, raw: Any, language: Language = "nb") -> str:
    reading = read_answers(form, {"one": raw}, require=Stage.SUBMIT, language=language)
    return reading.errors["one"].replace("\u00a0", " ")


def text(form: FormVersion, stored: Any, language: Language = "nb") -> str:
    [section] = shown_answers(form, {"one": stored}, language)
    return section.answers[0].text.replace("\u00a0", " ")


class TestPeriod:
    form = asking("period", earliest="2026-01-01")
    stored = {"from": "2026-02-01", "to": "2026-12-31"}

    def test_two_fields_are_one_answer(self) -> None:
        posted = {"one-from": ["", "1. februar 2026"], "one-to": ["31.12.2026"], "other": ["x"]}
        raw = raw_of(questions_of(self.form), posted)
        assert raw == {"one": {"from": "1. februar 2026", "to": "31.12.2026"}}
        assert value(self.form, raw["one"]) == self.stored

    def test_the_rules_know_both_days(self) -> None:
        assert typed(self.form, {"one": self.stored}) == {
            "one_from": date(2026, 2, 1),
            "one_to": date(2026, 12, 31),
        }
        assert fact_types_in(self.form.definition) == {"one_from": {"date"}, "one_to": {"date"}}

    def test_it_is_shown_as_from_and_to(self) -> None:
        assert text(self.form, self.stored) == "1. februar 2026–31. desember 2026"

    @pytest.mark.parametrize(
        ("raw", "told", "part"),
        [
            (
                {"from": "1.2.2026"},
                "Skriv både den første og den siste dagen i «One».",
                "to",
            ),
            (
                {"from": "2.2.2026", "to": "1.2.2026"},
                "Den siste dagen i «One» kan ikke være før den første.",
                "to",
            ),
            (
                {"from": "snart", "to": "1.2.2026"},
                "Skriv datoen i «One» med dag, måned og år, for eksempel 14.12.2026.",
                "from",
            ),
            (
                {"from": "31.12.2025", "to": "1.2.2026"},
                "Datoen i «One» kan ikke være før 1. januar 2026.",
                "from",
            ),
        ],
    )
    def test_a_mistake_is_told_at_its_day(self, raw: dict[str, str], told: str, part: str) -> None:
        reading = read_answers(self.form, {"one": raw}, require=Stage.SUBMIT, language="nb")
        assert reading.errors["one"].replace("\u00a0", " ") == told
        assert reading.parts == {"one": {part: reading.errors["one"]}}

    def test_one_day_is_a_period_and_none_is_no_answer(self) -> None:
        same = {"from": "1.2.2026", "to": "1.2.2026"}
        assert value(self.form, same) == {"from": "2026-02-01", "to": "2026-02-01"}
        assert value(self.form, {"from": "", "to": " "}) is None


class TestTable:
    form = asking("table", columns=COLUMNS, least_rows=2, most_rows=3)
    rows = [
        {"what": "Reise", "amount": "1000.50", "hours": "3"},
        {"what": "Leie", "amount": "200", "kind": "a"},
    ]

    def test_rows_are_gathered_in_order_whatever_was_posted(self) -> None:
        posted = {
            "one-10-what": ["Leie"], "one-2-amount": ["1 000,50"], "one-2-what": ["Reise"], "one-2-hours": ["3"],
            "one-10-amount": ["kr 200"], "one-10-kind": ["", "a"], "one-2-evil": ["x"], "one-x-what": ["x"],
            "one2-1-what": ["x"], "one-99999-what": ["x"],
        }  # fmt: skip
        raw = raw_of(questions_of(self.form), posted)["one"]
        assert raw == [
            {"amount": "1 000,50", "what": "Reise", "hours": "3"},
            {"what": "Leie", "amount": "kr 200", "kind": "a"},
        ]
        assert value(self.form, raw) == self.rows

    def test_empty_rows_are_no_rows(self) -> None:
        empty = {"what": " ", "amount": ""}
        assert value(self.form, [empty, *self.rows, empty]) == self.rows
        assert value(self.form, [empty]) is None
        assert error(self.form, [empty]) == "Svar på «One»."

    def test_the_rules_know_the_sums(self) -> None:
        assert typed(self.form, {"one": self.rows}) == {
            "one": 3, "one_hours": 3, "one_amount": Decimal("1200.50"),
        }  # fmt: skip
        assert fact_types_in(self.form.definition) == {
            "one": {"integer"}, "one_hours": {"integer"}, "one_amount": {"money"},
        }  # fmt: skip
        assert typed(asking("table", columns=COLUMNS[:1]), {"one": [{"what": "a"}]}) == {}

    def test_a_check_may_hold_sums_against_each_other(self) -> None:
        money = [{**COLUMNS[0]}, {**COLUMNS[2]}]
        told = "Finansieringen må være like stor som kostnadene."
        form = form_of(
            one_section(
                question("costs", "table", columns=money),
                question("funding", "table", columns=money),
                checks=[check("balance", "funding = costs", "funding", told)],
            )
        )
        one, other = (
            [{"what": "a", "amount": "10"}],
            [{"what": "b", "amount": "4"}, {"what": "c", "amount": "6"}],
        )
        read = {"require": Stage.SUBMIT, "language": "nb"}
        assert read_answers(form, {"costs": one, "funding": other}, **read).errors == {}  # type: ignore[arg-type]
        assert read_answers(form, {"costs": one, "funding": other[:1]}, **read).errors == {  # type: ignore[arg-type]
            "funding": told
        }

    def test_each_cell_is_told_its_own_mistake(self) -> None:
        raw = [{"what": "Reise", "amount": "mye"}, {"what": "", "amount": "-1", "hours": "1,5"}]
        reading = read_answers(self.form, {"one": raw}, require=Stage.SUBMIT, language="nb")
        assert sorted(reading.parts["one"]) == ["0-amount", "1-amount", "1-hours", "1-what"]
        assert reading.parts["one"]["1-what"] == "Svar på «Hva»."
        assert reading.errors["one"].startswith("Rad 1: Vi kan ikke lese beløpet i «Beløp».")
        assert reading.values == {}

    def test_there_is_a_fewest_and_a_most_of_rows(self) -> None:
        assert error(self.form, self.rows[:1]) == "Fyll ut minst 2 rader i «One»."
        assert error(self.form, self.rows * 2) == "«One» kan ha høyst 3 rader. Slå sammen noen."

    def test_a_sum_the_rules_cannot_reckon_with_is_refused(self) -> None:
        much = [{"what": "a", "amount": "9" * 13}] * 2
        assert error(self.form, much) == "Summen av «Beløp» i «One» er for stor. Sjekk tallene."

    def test_it_is_shown_row_by_row_with_its_sums(self) -> None:
        told = text(self.form, self.rows)
        assert told.split("\n") == [
            "Hva: Reise, Timer: 3, Beløp: 1 000,50 kroner",
            "Hva: Leie, Beløp: 200 kroner, Slag: Alfa",
            "Sum: Timer: 3, Beløp: 1 200,50 kroner",
        ]
        [section] = shown_answers(self.form, {"one": self.rows}, "en")
        table = section.answers[0].table
        assert table is not None
        assert table.columns[:3] == ("Hva (en)", "Timer (en)", "Beløp (en)")
        assert [row[0] for row in table.rows] == ["Reise", "Leie"]
        assert table.sums[:2] == ("", "3")


class TestFile:
    form = asking("file", most=2, kinds=["pdf"])

    def test_ids_are_kept_each_once(self) -> None:
        assert value(self.form, [*FILES, FILES[0], ""]) == FILES
        assert text(self.form, FILES) == "2 filer"
        assert text(self.form, FILES[:1], "en") == "1 file"
        assert typed(self.form, {"one": FILES}) == {}

    def test_what_is_no_file_is_told(self) -> None:
        assert error(self.form, "../etc/passwd") == "Vi finner ikke filen i «One». Last den opp på nytt."
        assert error(self.form, [*FILES, FILES[0][:-1] + "9"]) == "«One» kan ha høyst 2 filer. Ta bort noen."
        assert error(self.form, "") == "Legg ved «One»."


class TestSeveralChoices:
    form = asking(
        "several_choices", options=[*OPTIONS, {"value": "c", "label": texts("Celle")}], least=2, most=2
    )

    def test_how_many_is_told(self) -> None:
        assert value(self.form, ["b", "", "a"]) == ["a", "b"]
        assert error(self.form, ["a"]) == "Velg minst 2 i «One»."
        assert error(self.form, ["a", "b", "c"]) == "Velg høyst 2 i «One»."
        assert "ikke et av valgene" in error(self.form, ["a", "d"])
        assert error(self.form, "", "en") == "Choose an answer to “One (en)”."


class TestMunicipality:
    @pytest.mark.parametrize("raw", ["3103", "Moss", " moss ", "3103 Moss"])
    def test_it_is_known_by_number_name_or_both(self, raw: str) -> None:
        assert value(asking("municipality"), raw) == "3103"

    @pytest.mark.parametrize("raw", ["3002", "Mos", "9999", "31", "3103 Oslo", "Herøy"])
    def test_what_is_ended_unknown_or_two_is_not_guessed(self, raw: str) -> None:
        assert error(asking("municipality"), raw).startswith("Vi kjenner ikke kommunen i «One».")

    def test_some_may_be_chosen_from(self) -> None:
        form = asking("municipality", among=["3103", "3101"])
        assert value(form, "3101") == "3101"
        assert "Vi kjenner ikke" in error(form, "0301")
        assert text(form, "3103") == "Moss"
        assert typed(form, {"one": "3103"}) == {"one": "3103"}


class TestIndustry:
    @pytest.mark.parametrize("raw", ["56.110", "56110", "56.110 Drift av restauranter"])
    def test_it_is_kept_as_its_code(self, raw: str) -> None:
        assert value(asking("industry"), raw) == "56.110"

    @pytest.mark.parametrize("raw", ["56", "kafé", "99.999", "561100"])
    def test_what_is_no_code_is_told(self, raw: str) -> None:
        assert error(asking("industry"), raw).startswith("Vi kjenner ikke næringskoden i «One».")

    def test_it_is_shown_with_its_name(self) -> None:
        assert text(asking("industry", edition="SN2007"), "56.101").startswith("56.101 ")


class TestInformation:
    form = form_of(
        one_section(question("read_this", "information", help=texts("Les.")), question("x", "text"))
    )

    def test_it_is_asked_for_nothing(self) -> None:
        reading = read_answers(self.form, {"read_this": "x", "x": "y"}, require=Stage.SUBMIT, language="nb")
        assert (reading.values, reading.errors) == ({"x": "y"}, {})
        [section] = shown_answers(self.form, reading.values, "nb")
        assert [one.slug for one in section.answers] == ["x"]
