"""Shares typed in per cent, and numbers with decimals: read exactly, refused when they may mean two things."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Stage, definition_problems, fact_types_in
from runde.foundation.forms.domain.definition_checks import read_definition
from runde.foundation.forms.domain.reading import read, shown, written
from runde.foundation.forms.domain.showing import typed_answers
from tests.foundation.forms.definitions import form_of, question, texts


def value(kind: str, raw: str, **settings: Any) -> Any:
    definition = read_definition(form_of(question("one", kind, **settings)))
    return read(definition, {"one": raw}, require=None, language="nb").values["one"]


def error(kind: str, raw: str, language: Language = "nb", **settings: Any) -> str:
    definition = read_definition(form_of(question("one", kind, **settings)))
    found = read(definition, {"one": raw}, require=Stage.SUBMIT, language=language)
    assert found.values == {}
    return found.errors["one"].replace("\u00a0", " ")


def text(kind: str, stored: str, language: Language = "nb", **settings: Any) -> str:
    definition = read_definition(form_of(question("one", kind, **settings)))
    [section] = shown(definition, {"one": stored}, language)
    return section.answers[0].text.replace("\u00a0", " ")


class TestShare:
    @pytest.mark.parametrize(
        ("raw", "stored"),
        [
            ("30", "0.3"), ("30 %", "0.3"), ("30%", "0.3"), ("30,5 %", "0.305"), ("30.5", "0.305"), ("0", "0"),
            ("−0 %", "0"), ("100 prosent", "1"), ("12,25 pst.", "0.1225"), (" 7\u00a0% ", "0.07"),
            ("33,3 per cent", "0.333"), ("0,5", "0.005"), ("010", "0.1"),
        ],
    )  # fmt: skip
    def test_is_read_as_people_write_it(self, raw: str, stored: str) -> None:
        assert value("share", raw) == stored

    @pytest.mark.parametrize(
        "raw", ["tretti", "30.000", "30 % av alt", "%", "1/3", "1e1", "30 % %", "kr 30 og"]
    )
    def test_what_cannot_be_read_is_explained(self, raw: str) -> None:
        assert error("share", raw) == "Skriv «One» i prosent, for eksempel 30 eller 30,5."

    def test_limits_are_told_in_per_cent(self) -> None:
        assert error("share", "101") == "«One» kan ikke være høyere enn 100 prosent."
        assert error("share", "-1") == "«One» kan ikke være lavere enn 0 prosent."
        assert error("share", "4,9", least="0.05") == "«One» kan ikke være lavere enn 5 prosent."
        assert value("share", "150", most="2") == "1.5"
        assert value("share", "-12,5", least="-1") == "-0.125"

    def test_decimals_are_counted_in_the_per_cent(self) -> None:
        assert error("share", "30,555") == "Tallet i «One» kan ha høyst 2 siffer etter komma."
        assert value("share", "30,555", decimals=3) == "0.30555"
        assert value("share", "30,50", decimals=1) == "0.305"

    def test_each_language_has_its_own_words(self) -> None:
        assert error("share", "x", "nn") == "Skriv «One (nn)» i prosent, til dømes 30 eller 30,5."
        assert error("share", "x", "en") == "Write “One (en)” in per cent, for example 30 or 30.5."
        assert text("share", "0.305", "nb") == "30,5 prosent"
        assert text("share", "0.3", "en") == "30 per cent"

    @given(st.integers(0, 10_000))
    def test_the_rules_get_the_share_exactly(self, hundredths: int) -> None:
        definition = read_definition(form_of(question("one", "share")))
        percent = Decimal(hundredths) / 100
        found = read(definition, {"one": f"{percent}".replace(".", ",")}, require=None, language="nb").values
        assert typed_answers(definition, found, {})["one"] == percent / 100
        assert read(definition, written(definition, found), require=None, language="en").values == found


class TestDecimal:
    @pytest.mark.parametrize(
        ("raw", "stored"),
        [
            ("12,5", "12.5"),
            ("12.5", "12.5"),
            ("7", "7"),
            ("1 234,50", "1234.5"),
            ("-0,25", "-0.25"),
            ("-0", "0"),
        ],
    )
    def test_is_read_as_people_write_it(self, raw: str, stored: str) -> None:
        assert value("decimal", raw) == stored

    @pytest.mark.parametrize("raw", ["1.234", "tolv", "12,5 årsverk", "1e3", "½"])
    def test_what_cannot_be_read_is_explained(self, raw: str) -> None:
        told = "Vi kan ikke lese tallet i «One». Skriv det med siffer og komma, for eksempel 12,5."
        assert error("decimal", raw) == told

    def test_limits_and_decimals(self) -> None:
        assert error("decimal", "0,4", least="0.5") == "«One» kan ikke være lavere enn 0,5."
        assert error("decimal", "2 000,5", most="2000") == "«One» kan ikke være høyere enn 2 000."
        assert error("decimal", "1,234") == "Tallet i «One» kan ha høyst 2 siffer etter komma."
        assert value("decimal", "1,234", decimals=3) == "1.234"
        assert "høyere" in error("decimal", "9" * 13)

    def test_is_shown_with_its_unit(self) -> None:
        assert text("decimal", "1234.5", unit=texts("årsverk")) == "1 234,5 årsverk"
        assert text("decimal", "1234.5", "en") == "1,234.5"


@pytest.mark.parametrize(
    ("kind", "settings", "told"),
    [
        ("share", {"least": 0.3}, "«least» må være en andel"),
        ("share", {"most": "30 %"}, "«most» må være en andel"),
        ("share", {"decimals": 5}, "«decimals» må være et helt tall fra 0 til 4"),
        ("decimal", {"most": "1e9"}, "«most» må være et tall"),
        ("decimal", {"decimals": True}, "«decimals» må være et helt tall fra 1 til 8"),
    ],
)
def test_a_wrong_setting_is_told(kind: str, settings: dict[str, Any], told: str) -> None:
    [problem] = definition_problems(form_of(question("one", kind, **settings)))
    assert told in problem


def test_each_gives_the_rules_its_own_type_of_fact() -> None:
    types = fact_types_in(form_of(question("part", "share"), question("years", "decimal")))
    assert types == {"part": {"share"}, "years": {"decimal"}}
