"""Posted text to answers and back: nothing lost, nothing guessed, a whole sentence for each mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import Language, synthetic_account
from runde.foundation.forms.domain.definition_checks import read_definition
from runde.foundation.forms.domain.question import Stage
from runde.foundation.forms.domain.reading import Reading, read, shown, written
from runde.foundation.forms.domain.showing import typed_answers

from .definitions import EVERY_TYPE, OPTIONS, form_of, question, texts

WHOLE = read_definition(EVERY_TYPE)
ACCOUNT = synthetic_account(3)
MISTYPED = ACCOUNT[:-1] + str((int(ACCOUNT[-1]) + 1) % 10)


def answer(
    data: dict[str, Any], raw: Any, *, require: Stage | None = None, language: Language = "nb"
) -> Reading:
    return read(read_definition(form_of(data)), {data["slug"]: raw}, require=require, language=language)


def error(data: dict[str, Any], raw: Any, language: Language = "nb") -> str:
    return (
        answer(data, raw, require=Stage.SUBMIT, language=language).errors[data["slug"]].replace("\u00a0", " ")
    )


ROWS = st.fixed_dictionaries(
    {"what": st.just("Reise"), "amount": st.decimals(0, 10**9, places=2).map(str)},
    optional={
        "hours": st.integers(0, 5000).map(str),
        "part": st.integers(0, 100).map(str),
        "kind": st.sampled_from(["a", "b"]),
        "day": st.dates().map(lambda day: f"{day.day}.{day.month}.{day.year:04d}"),
        "years": st.decimals(0, 99, places=1).map(lambda one: f"{one:f}".replace(".", ",")),
    },
)
values = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())),
        "story": st.text(max_size=200),
        "people": st.integers(0, 10**11).map(str),
        "part": st.decimals(0, 100, places=2).map(lambda one: f"{one:f} %".replace(".", ",")),
        "years": st.decimals(-(10**11), 10**11, places=2).map(lambda one: f"{one:f}".replace(".", ",")),
        "costs": st.decimals(0, 10**12, places=2).map(str),
        "loss": st.decimals(-(10**12), 10**12, places=2).map(lambda one: f"{one:f}".replace(".", ",")),
        "kind": st.sampled_from(["a", "b"]),
        "kinds": st.lists(st.sampled_from(["a", "b"]), max_size=4),
        "staff": st.sampled_from(["yes", "no"]),
        "started": st.dates().map(lambda day: f"{day.day}.{day.month}.{day.year:04d}"),
        "project": st.tuples(st.dates(), st.dates()).map(
            lambda days: {"from": min(days).isoformat(), "to": max(days).isoformat()}
        ),
        "papers": st.lists(st.uuids().map(str), max_size=3),
        "budget": st.lists(ROWS, max_size=4),
        "place": st.sampled_from(["3103", "moss", "0301 Oslo"]),
        "trade": st.sampled_from(["56.110", "56110", "56.110 Drift"]),
        "account": st.integers(0, 9000).map(synthetic_account),
        "true": st.just("on"),
    },
)


row = st.dictionaries(
    st.sampled_from(["from", "to", "what", "amount", "x"]), st.text(max_size=20), max_size=3
)
junk = st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=3) | row | st.lists(row, max_size=3)


@settings(max_examples=60, deadline=None)
@given(values)
def test_what_is_read_is_written_back_and_read_the_same(raw: dict[str, Any]) -> None:
    first = read(WHOLE, raw, require=None, language="nb")
    assert first.errors == {}
    again = read(WHOLE, written(WHOLE, first.values), require=None, language="en")
    assert again == first


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([one.slug for one in WHOLE.questions]), junk))
def test_any_junk_gives_an_answer_or_a_sentence_for_each_question(raw: dict[str, Any]) -> None:
    reading = read(WHOLE, raw, require=Stage.SUBMIT, language="nn")
    slugs = {one.slug for one in WHOLE.questions if one.type != "information"}
    assert set(reading.values) | set(reading.errors) == slugs
    assert not set(reading.values) & set(reading.errors)
    assert all(sentence.endswith(".") for sentence in reading.errors.values())
    typed_answers(WHOLE, reading.values, {})
    shown(WHOLE, reading.values, "en")


def test_an_amount_is_kept_as_canonical_text() -> None:
    assert answer(question("sum", "money"), "kr 412 000,50").values == {"sum": "412000.50"}
    assert answer(question("sum", "money"), "412.000,00").values == {"sum": "412000"}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("tolv", "Vi kan ikke lese beløpet i «Sum». Skriv det med siffer, for eksempel 412 000."),
        (
            "412,000",
            "Beløpet i «Sum» har for mange sifre etter komma. Skriv hele kroner, for eksempel 412 000.",
        ),
        ("-1", "«Sum» kan ikke være lavere enn 0 kroner."),
        ("500 001", "«Sum» kan ikke være høyere enn 500 000 kroner."),
        ("", "Svar på «Sum»."),
    ],
)
def test_an_amount_that_cannot_be_used_is_told_why(raw: str, sentence: str) -> None:
    assert error(question("sum", "money", least="0", most="500000"), raw) == sentence


def test_the_bound_itself_is_allowed_but_not_for_above() -> None:
    assert answer(question("sum", "money", least="0", most="5"), "5").errors == {}
    assert answer(question("sum", "money", least="0"), "0").errors == {}
    assert error(question("sum", "money", above="0"), "0") == "«Sum» må være høyere enn 0 kroner."
    assert answer(question("sum", "money", above="0"), "0,01").errors == {}


def test_whole_kroner_can_be_demanded() -> None:
    assert "hele kroner" in error(question("sum", "money", decimals=0), "10,50")
    assert answer(question("sum", "money", decimals=0), "10,00").values == {"sum": "10"}


def test_an_amount_the_rules_cannot_reckon_with_is_refused() -> None:
    assert answer(question("sum", "money"), "9" * 13).errors == {}
    assert "høyere enn" in error(question("sum", "money"), "9" * 14)
    assert "lavere enn" in error(question("sum", "money"), "-" + "9" * 14)


@pytest.mark.parametrize("raw", ["1,5", "ti", "1" * 13])
def test_a_whole_number_is_demanded(raw: str) -> None:
    assert error(question("people", "integer"), raw) == "Skriv «People» som et helt tall, for eksempel 12."


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("1234", "Kontonummeret må ha 11 siffer."),
        (
            ACCOUNT[:-1] + str((int(ACCOUNT[-1]) + 1) % 10),
            "Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige.",
        ),
        ("0" * 11, "Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige."),
    ],
)
def test_an_account_number_must_be_right(raw: str, sentence: str) -> None:
    assert error(question("account", "account_number"), raw) == sentence


def test_an_account_number_may_have_blanks_and_stops() -> None:
    typed_in = f"{ACCOUNT[:4]}.{ACCOUNT[4:6]} {ACCOUNT[6:]}"
    assert answer(question("account", "account_number"), typed_in).values == {"account": ACCOUNT}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Kontonummeret stemmer ikke. Sjekk at alle 11 sifrene er riktige."),
        ("nn", "Kontonummeret stemmer ikkje. Sjekk at alle 11 siffera er rette."),
        ("en", "The account number is not right. Check that all 11 digits are correct."),
    ],
)
def test_mistakes_are_told_in_the_readers_language(language: Language, sentence: str) -> None:
    assert error(question("account", "account_number"), "12345678901", language) == sentence


def test_a_choice_must_be_one_of_them() -> None:
    assert answer(question("kind", "choice", options=OPTIONS), "a").values == {"kind": "a"}
    assert "ikke et av valgene" in error(question("kind", "choice", options=OPTIONS), "c")
    assert error(question("kind", "choice", options=OPTIONS), "") == "Velg et svar på «Kind»."
    several = question("kinds", "several_choices", options=OPTIONS)
    assert answer(several, ["b", "a", "b"]).values == {"kinds": ["a", "b"]}


def test_an_unticked_declaration_is_not_given() -> None:
    assert answer(question("true", "declaration"), ["", "yes"]).values == {"true": True}
    assert error(question("true", "declaration"), "") == "Kryss av for «True» før du sender."


def test_dates_have_bounds() -> None:
    started = question("started", "date", earliest="2026-01-01", latest="2026-12-31")
    assert answer(started, "31.12.2026").values == {"started": "2026-12-31"}
    assert error(started, "31.12.2025") == "Datoen i «Started» kan ikke være før 1. januar 2026."
    assert error(started, "1.1.2027") == "Datoen i «Started» kan ikke være etter 31. desember 2026."


def test_text_has_a_longest_length() -> None:
    assert error(question("name", "text", longest=3), "fire") == "Teksten har 4 tegn. Den kan ha høyst 3."


def test_the_question_may_have_its_own_sentence() -> None:
    own = question("sum", "money", errors={"empty": texts("Skriv hvor mye dere omsatte for.")})
    assert error(own, " ") == "Skriv hvor mye dere omsatte for."


def test_an_optional_question_may_be_left_empty() -> None:
    assert answer(question("name", "text", required=False), "", require=Stage.SUBMIT) == Reading({}, {})


def test_only_the_pages_questions_are_read_and_missed() -> None:
    reading = read(
        WHOLE, {"name": "Kari", "costs": "x"}, require=Stage.SUBMIT, language="nb", asked={"name", "people"}
    )
    assert reading == Reading({"name": "Kari"}, {"people": "Svar på «People»."})


def test_fields_the_form_does_not_have_are_left_out() -> None:
    assert read(WHOLE, {"stranger": "x"}, require=None, language="nb") == Reading({}, {})


def test_answers_are_typed_for_the_rules() -> None:
    raw = {
        "people": "1 200", "costs": "10,5", "kinds": ["b"], "staff": "no", "started": "1.2.2026", "true": "on",
    }  # fmt: skip
    assert typed_answers(WHOLE, read(WHOLE, raw, require=None, language="nb").values, {}) == {
        "people": 1200,
        "costs": Decimal("10.5"),
        "kinds": frozenset({"b"}),
        "staff": False,
        "started": date(2026, 2, 1),
        "true": True,
    }


def test_every_question_is_shown_also_the_unanswered() -> None:
    (section,) = shown(WHOLE, {"costs": "412000", "staff": False, "kinds": ["a", "b"]}, "nn")
    texts_of = {one.slug: one.text.replace("\u00a0", " ") for one in section.answers}
    assert texts_of["costs"] == "412 000 kroner"
    assert texts_of["staff"] == "Nei"
    assert texts_of["kinds"] == "Alfa (nn), Beta (nn)"
    assert texts_of["name"] == "Ikkje svart på"
    assert [one.slug for one in section.answers if one.is_personal] == ["account"]
