"""A form is made step by step; a step that would spoil it is refused in a sentence, and the form stays as it was."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from runde.foundation.forms.api import (
    FormEditRefused,
    add_question,
    add_section,
    change_question,
    change_section,
    definition_problems,
    move_question,
    move_section,
    references_in,
    remove_question,
    remove_section,
    set_checks,
)

from .definitions import check, form_of, question, section, texts

EMPTY: dict[str, Any] = {"sections": []}
FORM = {
    "sections": [
        section("first", question("lease", "yes_no"), question("rent", "money", shown_if="lease")),
        section("second", question("why", "text", required_if="rent > 10"), question("free", "text")),
    ],
    "checks": [check("cap", "rent < 100", "rent")],
}


def order(form: Any) -> list[tuple[str, list[str]]]:
    return [(one["slug"], [asked["slug"] for asked in one["questions"]]) for one in form["sections"]]


def test_a_form_is_made_from_nothing() -> None:
    form = add_section(EMPTY, {"slug": "b", "title": texts("B")})
    assert definition_problems(form) == ["Del 1 har ingen spørsmål."]
    form = add_section(form, {"slug": "a", "title": texts("A")}, place=0)
    form = add_question(form, question("y", "text"), section="a")
    form = add_question(form, question("x", "text"), section="a", place=0)
    form = add_question(form, question("z", "yes_no"), section="b")
    assert order(form) == [("a", ["x", "y"]), ("b", ["z"])]
    assert definition_problems(form) == []


def test_parts_are_changed_and_moved() -> None:
    form = change_section(FORM, "first", {"title": texts("Ny"), "why": texts("Derfor")})
    form = change_section(form, "first", {"why": None, "shown_if": "free = 'x'"})
    assert form["sections"][0]["title"] == texts("Ny")
    assert "why" not in form["sections"][0]
    form = change_question(form, "rent", {"most": "500", "shown_if": None})
    assert form["sections"][0]["questions"][1] == question("rent", "money", most="500")
    assert order(move_section(FORM, "second", place=0))[0][0] == "second"
    assert order(move_question(FORM, "rent", section="first", place=0))[0] == ("first", ["rent", "lease"])
    moved = move_question(FORM, "rent", section="second", place=9)
    assert order(moved) == [("first", ["lease"]), ("second", ["why", "free", "rent"])]
    assert order(remove_question(FORM, "free"))[1] == ("second", ["why"])
    assert order(remove_section(FORM, "second")) == [("first", ["lease", "rent"])]


def test_the_form_handed_in_is_left_as_it_was() -> None:
    before = deepcopy(FORM)
    changed = change_question(FORM, "free", {"help": texts("Hjelp")})
    changed["sections"][0]["questions"][0]["label"]["nb"] = "Spoilt"
    assert before == FORM


def test_what_is_in_use_is_not_removed() -> None:
    with pytest.raises(FormEditRefused, match="Spørsmålet «Lease» er i bruk i «Rent»"):
        remove_question(FORM, "lease")
    with pytest.raises(FormEditRefused, match="Delen «First» er i bruk i «Why»") as refused:
        remove_section(FORM, "first")
    assert refused.value.facts["users"] == ["Why", "cap"]
    with pytest.raises(FormEditRefused, match="Spørsmålet «Rent» er i bruk i «Why», «cap»"):
        remove_question(FORM, "rent")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda: add_section(FORM, {"slug": "first", "title": texts("x")}), "Delen «first» står to ganger."),
        (
            lambda: add_question(FORM, question("why", "text"), section="first"),
            "Spørsmålet «why» står to ganger.",
        ),
        (
            lambda: add_question(FORM, question("x", "text"), section="third"),
            "Skjemaet har ingen del «third».",
        ),
        (lambda: change_question(FORM, "ghost", {}), "Skjemaet har ikke spørsmålet «ghost»."),
        (lambda: change_question(FORM, "why", {"slug": "how"}), "«slug» kan ikke endres."),
        (lambda: change_section(FORM, "first", {"questions": []}), "«questions» kan ikke endres."),
        (lambda: change_question(FORM, "lease", {"type": "text"}), "«shown_if»"),
        (lambda: change_question(FORM, "why", {"label": {"nn": "x"}}), "«label» mangler tekst på bokmål."),
        (
            lambda: set_checks(FORM, [check("cap", "rent < 100", "ghost")]),
            "«at» viser til et spørsmål som ikke",
        ),
        (lambda: set_checks(FORM, [{"slug": "cap"}]), "En kontroll må ha"),
        (lambda: change_question(FORM, "free", {"shown_if": "employees > 1"}), "employees"),
    ],
)
def test_a_step_that_would_spoil_the_form_is_refused(edit: Any, told: str) -> None:
    with pytest.raises(FormEditRefused) as refused:
        edit()
    assert told in str(refused.value)


def test_an_old_mistake_does_not_stop_a_new_step() -> None:
    wrong = form_of(question("x", "text", shown_if="ghost"), question("y", "text"))
    mended = change_question(wrong, "y", {"help": texts("Hjelp")})
    assert definition_problems(mended) == definition_problems(wrong)
    assert definition_problems(change_question(wrong, "x", {"shown_if": None})) == []


def test_a_step_may_borrow_from_the_register() -> None:
    known = {"employees": "integer", "bankrupt": "boolean"}
    form = change_question(FORM, "free", {"shown_if": "employees > 1"}, known_types=known)
    assert form["known"] == {"employees": "integer"}
    assert definition_problems(form) == []


def test_checks_are_set_and_taken_away() -> None:
    form = set_checks(FORM, [check("low", "rent > 1", "rent")])
    assert [one["slug"] for one in form["checks"]] == ["low"]
    assert "checks" not in set_checks(FORM, [])


def test_who_leans_on_whom() -> None:
    assert references_in(FORM) == [("rent", "lease"), ("why", "rent")]
    lean = {**FORM, "checks": [check("cap", "rent < 100", "free")]}
    assert references_in(lean) == [("rent", "lease"), ("why", "rent"), ("free", "rent")]
