"""A definition with mistakes is refused with every one of them, each with its place."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.foundation.forms.domain.definition_checks import BadForm, read_definition
from runde.foundation.forms.domain.reading import read, shown

from .definitions import EVERY_TYPE, OPTIONS, form_of, question, texts


def problems(data: Any) -> list[str]:
    with pytest.raises(BadForm) as refused:
        read_definition(data)
    return refused.value.problems


@pytest.mark.parametrize("data", [None, [], {}, {"sections": []}, {"sections": "x"}])
def test_a_form_needs_sections(data: Any) -> None:
    assert problems(data) == ["Skjemaet må ha «sections» med minst én del."]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (question("x", "telepathy"), "typen «telepathy» finnes ikke"),
        (question("X", "text"), "mangler en «slug»"),
        ({"slug": "x", "type": "text", "label": {"nn": "berre nynorsk"}}, "«label» mangler tekst på bokmål"),
        (question("x", "text", colour="red"), "av typen text: «colour» finnes ikke"),
        (question("x", "money", least=0), "«least» må være et beløp skrevet som tekst"),
        (question("x", "money", least="NaN"), "«least» må være et beløp skrevet som tekst"),
        (question("x", "money", most="9e999"), "«most» må være et beløp skrevet som tekst"),
        (question("x", "money", decimals=3), "«decimals» må være 0 eller 2"),
        (question("x", "integer", most="9"), "«most» må være et helt tall"),
        (question("x", "date", latest="31.12.2026"), "«latest» må være en dato"),
        (question("x", "text", longest=0), "«longest» må være et helt tall over 0"),
        (question("x", "choice"), "«options» må være en liste"),
        (question("x", "choice", options=[OPTIONS[0], OPTIONS[0]]), "to valg har samme «value»"),
        (question("x", "choice", options=[{"value": "a"}]), "hvert valg må ha"),
        (question("x", "text", required="yes"), "«required» må være true eller false"),
        (question("x", "text", errors={"wrong": texts("Feil.")}), "feilen «wrong» finnes ikke"),
        (question("x", "text", errors={"empty": texts("Skriv {amount}.")}), "et felt vi ikke kan fylle ut"),
        (
            question("x", "text", required_if={"question": "y", "is": True}),
            "viser til et spørsmål som ikke finnes",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(data: dict[str, Any], problem: str) -> None:
    (found,) = problems(form_of(data))
    assert problem in found


def test_every_mistake_is_told_at_once() -> None:
    data = form_of(question("x", "text"), question("x", "text"), question("y", "money", decimals=1), colour=1)
    assert problems(data) == [
        "Skjemaet: «colour» finnes ikke.",
        "Spørsmålet «x» står to ganger.",
        "Spørsmålet «y»: «decimals» må være 0 eller 2.",
    ]


def test_a_comparison_must_speak_of_questions_there_are() -> None:
    comparison = {"question": "x", "operator": ">", "other": "z", "error": texts("Feil.")}
    assert problems(form_of(question("x", "date"), comparisons=[comparison])) == [
        "Sammenligningen «x > z» kan ikke brukes."
    ]


def test_a_sound_form_is_read_in_order() -> None:
    definition = read_definition(EVERY_TYPE)
    assert [one.slug for one in definition.questions][:3] == ["name", "story", "people"]
    assert definition.question("account").personal
    with pytest.raises(KeyError):
        definition.question("nobody")


def test_a_comparison_needs_two_answers_of_one_kind_that_have_an_order() -> None:
    comparison = {"question": "x", "operator": ">", "other": "y", "error": texts("Feil.")}
    for other in ("money", "yes_no"):
        assert problems(form_of(question("x", "date"), question("y", other), comparisons=[comparison])) == [
            "Sammenligningen «x > y» kan ikke brukes."
        ]
    assert problems(form_of(question("x", "text"), question("y", "text"), comparisons=[comparison]))
    read_definition(form_of(question("x", "date"), question("y", "date"), comparisons=[comparison]))


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [path, *(place for key in keys for place in places(data[key], (*path, key)))]


CONDITIONED = form_of(
    *EVERY_TYPE["sections"][0]["questions"],
    question("why", "text", required_if={"question": "staff", "is": True}, errors={"empty": texts("Skriv.")}),
    comparisons=[{"question": "costs", "operator": "<", "other": "loss", "error": texts("Feil.")}],
)
PLACES = places(CONDITIONED)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), junk)
def test_any_spoilt_definition_is_read_or_refused_with_sentences(place: tuple[Any, ...], spoilt: Any) -> None:
    data: Any = deepcopy(CONDITIONED)
    if place:
        inner = data
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = spoilt
    else:
        data = spoilt
    definition = None
    with suppress(BadForm):
        definition = read_definition(data)
    if definition is None:
        assert all(sentence.endswith(".") for sentence in problems(data))
        return
    raw = {one.slug: "1" for one in definition.questions}
    reading = read(definition, raw, require=True, language="en")
    shown(definition, reading.values, "nn")
