"""A definition with mistakes is refused with every one of them, each with its place."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.foundation.forms.domain.definition_checks import BadForm, problems_in, read_definition
from runde.foundation.forms.domain.question import Stage
from runde.foundation.forms.domain.reading import read, shown

from .definitions import COLUMNS, EVERY_TYPE, OPTIONS, check, form_of, question, section, texts


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
            "«required_if» må være et uttrykk",
        ),
        (question("x", "text", required_if="y"), "Vi kjenner ingen opplysning som heter «y»."),
        (question("x", "text", shown_if="x = 'a'"), "vises bare hvis de selv er besvart"),
        (question("x", "text", required_from="later"), "«required_from» må være en av draft, submit"),
        (question("x", "text", keep_months=0), "«keep_months» må være et helt tall fra 1 til 1200"),
        (question("x", "several_choices", options=OPTIONS, most=0), "«most» må være et helt tall over 0"),
        (question("x", "file", kinds=["exe"]), "«kinds» må være en liste med noen av pdf"),
        (question("x", "municipality", among=["9999"]), "«among» må være en liste med kommunenummer"),
        (question("x", "industry", edition="SN1899"), "«edition» må være en av SN2007, SN2025"),
        (question("x", "table"), "«columns» må være en liste med 1–12 kolonner"),
        (question("x", "table", columns=[COLUMNS[0], COLUMNS[0]]), "to kolonner har samme «slug»"),
        (question("x", "table", columns=[COLUMNS[0] | {"sum": True}]), "kolonne 1: bare tall og beløp kan"),
        (
            question("x", "table", columns=[COLUMNS[1] | {"least": "0"}]),
            "kolonne 1: «least» må være et helt tall",
        ),
        (
            question("x", "table", columns=COLUMNS, most_rows=0),
            "«most_rows» må være et helt tall fra 1 til 200",
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


def test_a_sound_form_is_read_in_order() -> None:
    definition = read_definition(EVERY_TYPE)
    assert [one.slug for one in definition.questions][:3] == ["name", "story", "people"]
    assert definition.question("account").personal
    with pytest.raises(KeyError):
        definition.question("nobody")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (
            form_of(question("x", "date"), checks=[check("order", "x > z", "x")]),
            "Kontrollen «order»: Vi kjenner ingen opplysning som heter «z». (tegn 5)",
        ),
        (
            form_of(question("x", "date"), checks=[check("order", "x > DATE '2026-01-01'", "z")]),
            "Kontrollen «order»: «at» viser til et spørsmål som ikke finnes.",
        ),
        (
            form_of(question("x", "money"), question("y", "yes_no"), checks=[check("c", "x > y", "x")]),
            "Kontrollen «c»: Kroner kan ikke sammenlignes med ja/nei.",
        ),
        (
            form_of(question("x", "choice", options=OPTIONS), question("y", "text", shown_if="x = 'alfa'")),
            "Spørsmålet «y», «shown_if»: ",
        ),
        (
            form_of(question("x", "text", shown_if="y = 'a'"), question("y", "text", shown_if="x = 'a'")),
            "Spørsmålene «x», «y» vises bare hvis de selv er besvart.",
        ),
        (
            {"sections": [section("one", question("x", "yes_no"), shown_if="x")]},
            "Spørsmålene «x» vises bare hvis de selv er besvart.",
        ),
        (
            form_of(question("x", "period"), question("x_from", "date")),
            "Spørsmålet «x» gir «x_from», som «x_from» bruker. Gi det ene et annet navn.",
        ),
        (
            form_of(question("x", "text"), known={"y": "number"}),
            "«known»: «y» må ha en av typene text, boolean,",
        ),
    ],
)
def test_a_condition_that_cannot_be_used_is_told(form: Any, told: str) -> None:
    (found,) = problems(form)
    assert found.startswith(told)


def test_what_a_form_borrows_from_the_register_must_be_there() -> None:
    form = form_of(question("x", "text", shown_if="employees > 2"))
    assert "employees" in problems_in(form)[0]
    assert problems_in(form, {"employees": "integer"}) == []
    borrowed = {**form, "known": {"employees": "integer"}}
    assert problems_in(borrowed) == []
    assert problems_in(borrowed, {"employees": "integer"}) == []
    assert problems_in(borrowed, {"staff": "integer"}) == [
        "«known»: registeret har ingen opplysning «employees» av typen integer."
    ]
    assert problems_in(form_of(question("employees", "text")), {"employees": "integer"}) == [
        "Spørsmålet «employees»: registeret gir «employees» som integer. Velg en type som passer."
    ]


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
    question("why", "text", required_if="staff", errors={"empty": texts("Skriv.")}),
    question("how", "text", shown_if="costs > people_known AND project_to > started"),
    checks=[check("less", "costs < loss AND budget < 100", "costs")],
    known={"people_known": "money"},
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
        assert all(sentence[-1] in ".?" for sentence in problems(data))
        return
    raw = {one.slug: "1" for one in definition.questions}
    reading = read(definition, raw, require=Stage.SUBMIT, language="en")
    shown(definition, reading.values, "nn")
