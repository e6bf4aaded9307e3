"""Answers moved between versions of a form: kept, or set aside with what was asked; never lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.reference.api import synthetic_account
from runde.foundation.forms.api import (
    Rebased,
    SetAside,
    form_of,
    read_answers,
    rebase_answers,
    written_answers,
)

from .definitions import COLUMNS, OPTIONS, question, texts
from .definitions import form_of as one_section


def moved(old: list[dict[str, Any]], new: list[dict[str, Any]], answers: dict[str, Any]) -> Rebased:
    return rebase_answers(form_of(one_section(*old)), form_of(one_section(*new)), answers, "nb")


NAME = question("name", "text")


def test_the_same_form_keeps_everything_and_asks_nothing_again() -> None:
    assert moved([NAME], [NAME], {"name": "Kari"}) == Rebased({"name": "Kari"}, {}, ())


def test_what_is_no_longer_asked_is_set_aside_with_what_was_asked() -> None:
    rent = question("rent", "money")
    done = moved([NAME, rent], [NAME], {"name": "Kari", "rent": "2000"})
    assert done.kept == {"name": "Kari"}
    told = done.set_aside["rent"]
    assert (told.label, told.type, told.value) == ("Rent", "money", "2000")
    assert told.text.replace("\u00a0", " ") == "2 000 kroner"


def test_new_and_reworded_questions_are_to_be_seen() -> None:
    reworded = {**NAME, "label": texts("Fullt navn")}
    done = moved([NAME], [question("age", "integer"), reworded], {"name": "Kari"})
    assert done == Rebased({"name": "Kari"}, {}, ("age", "name"))


def test_help_and_conditions_do_not_make_it_another_question() -> None:
    told = {**NAME, "help": texts("Skriv hele."), "shown_if": "name = 'x'", "required": False}
    assert moved([NAME], [told], {"name": "Kari"}).to_see == ()


def test_a_statement_in_other_words_must_be_ticked_again() -> None:
    old, new = (
        question("true", "declaration"),
        {**question("true", "declaration"), "label": texts("Alt er rett")},
    )
    done = moved([old], [new], {"true": True})
    assert (done.kept, done.to_see) == ({}, ("true",))
    assert done.set_aside["true"] == SetAside("True", "Bekreftet", "declaration", True)


def test_an_answer_the_new_limits_do_not_take_is_set_aside() -> None:
    old, new = question("people", "integer"), question("people", "integer", most=10)
    assert moved([old], [new], {"people": 9}) == Rebased({"people": 9}, {}, ("people",))
    done = moved([old], [new], {"people": 12})
    assert (done.kept, done.set_aside["people"].value, done.to_see) == ({}, 12, ("people",))


def test_an_answer_is_read_anew_by_a_kindred_type_when_it_says_the_same() -> None:
    one, several = (question("kind", kind, options=OPTIONS) for kind in ("choice", "several_choices"))
    assert moved([one], [several], {"kind": "a"}).kept == {"kind": ["a"]}
    assert moved([several], [one], {"kind": ["b"]}).kept == {"kind": "b"}
    assert moved([several], [one], {"kind": ["a", "b"]}).set_aside["kind"].value == ["a", "b"]
    short, long = question("why", "text"), question("why", "long_text")
    assert moved([short], [long], {"why": "Derfor"}).kept == {"why": "Derfor"}
    assert moved([long], [short], {"why": "En\nto"}).set_aside["why"].text == "En\nto"
    whole, part = question("size", "integer"), question("size", "decimal")
    assert moved([whole], [part], {"size": 7}).kept == {"size": "7"}
    assert moved([part], [whole], {"size": "7.5"}).set_aside["size"].value == "7.5"


def test_an_answer_is_never_taken_for_another_kind() -> None:
    old, new = question("x", "yes_no"), question("x", "text")
    assert moved([old], [new], {"x": True}).set_aside["x"].text == "Ja"
    old, new = question("x", "integer"), question("x", "money")
    assert moved([old], [new], {"x": 5}).kept == {}


def test_an_industry_of_another_edition_is_asked_again() -> None:
    old, new = (question("trade", "industry", edition=edition) for edition in ("SN2007", "SN2025"))
    assert moved([old], [new], {"trade": "56.101"}).kept == {}


def test_an_option_that_is_gone_is_set_aside_with_its_words() -> None:
    old, new = question("kind", "choice", options=OPTIONS), question("kind", "choice", options=OPTIONS[1:])
    assert moved([old], [new], {"kind": "a"}).set_aside["kind"].text == "Alfa"
    assert moved([old], [new], {"kind": "b"}).kept == {"kind": "b"}


def test_a_table_keeps_its_rows_where_the_columns_take_them() -> None:
    old = question("budget", "table", columns=COLUMNS[:3])
    rows = [{"what": "Reise", "amount": "10"}]
    wider = question("budget", "table", columns=COLUMNS[:4])
    assert moved([old], [wider], {"budget": rows}).kept == {"budget": rows}
    narrower = question("budget", "table", columns=COLUMNS[:1])
    assert moved([old], [narrower], {"budget": rows}).set_aside["budget"].value == rows


SHAPES: list[tuple[dict[str, Any], list[Any]]] = [
    ({"kind": "text"}, ["Kari", "12"]),
    ({"kind": "text", "longest": 2}, ["ab"]),
    ({"kind": "long_text"}, ["En\nto", "Kari"]),
    ({"kind": "integer"}, [7, 12]),
    ({"kind": "integer", "most": 10}, [7]),
    ({"kind": "decimal"}, ["7", "7.25"]),
    ({"kind": "money"}, ["7", "2000.50"]),
    ({"kind": "share"}, ["0.3"]),
    ({"kind": "choice", "options": OPTIONS}, ["a", "b"]),
    ({"kind": "choice", "options": OPTIONS[:1]}, ["a"]),
    ({"kind": "several_choices", "options": OPTIONS}, [["a"], ["a", "b"]]),
    ({"kind": "yes_no"}, [True, False]),
    ({"kind": "date"}, ["2026-02-01"]),
    ({"kind": "period"}, [{"from": "2026-02-01", "to": "2026-03-01"}]),
    ({"kind": "file"}, [["0198b0a0-0000-7000-8000-000000000001"]]),
    ({"kind": "table", "columns": COLUMNS}, [[{"what": "a", "amount": "1"}]]),
    ({"kind": "table", "columns": COLUMNS[:3]}, [[{"what": "a", "amount": "1", "hours": "2"}]]),
    ({"kind": "account_number"}, [synthetic_account(3)]),
    ({"kind": "municipality"}, ["3103", "0301"]),
    ({"kind": "municipality", "among": ["3103"]}, ["3103"]),
    ({"kind": "industry"}, ["56.110"]),
    ({"kind": "declaration"}, [True]),
    ({"kind": "information"}, []),
]
SLUGS = ("a", "b", "c", "d")
forms = st.dictionaries(st.sampled_from(SLUGS), st.sampled_from(SHAPES), min_size=1)


def built(shapes: dict[str, tuple[dict[str, Any], list[Any]]]) -> list[dict[str, Any]]:
    return [question(slug, **shape) for slug, (shape, _) in shapes.items()]


@settings(max_examples=150, deadline=None)
@given(forms, forms, st.data())
def test_every_answer_is_kept_or_set_aside_and_what_is_kept_can_be_read(
    old: Any, new: Any, data: Any
) -> None:
    answers = {
        slug: data.draw(st.sampled_from(examples))
        for slug, (_, examples) in old.items()
        if examples and data.draw(st.booleans())
    }
    done = moved(built(old), built(new), answers)
    assert done.kept.keys() | done.set_aside.keys() == answers.keys()
    assert not done.kept.keys() & done.set_aside.keys()
    assert {slug: one.value for slug, one in done.set_aside.items()} == {
        slug: answers[slug] for slug in done.set_aside
    }
    assert all(one.text for one in done.set_aside.values())
    form = form_of(one_section(*built(new)))
    again = read_answers(form, written_answers(form, done.kept), require=None, language="nb")
    assert (again.values, again.errors) == (done.kept, {})
    assert done.to_see == tuple(slug for slug in new if slug in done.to_see)
    assert done.set_aside.keys() & new.keys() <= set(done.to_see)
    assert all(slug in done.to_see for slug in new if slug not in old)


def test_answers_to_nothing_are_not_thrown_away() -> None:
    assert moved([NAME], [NAME], {"ghost": ["a"]}).set_aside == {
        "ghost": SetAside("ghost", "['a']", "", ["a"])
    }
