"""What is shown, what is demanded and what must hold between answers, told by the rule language."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from runde.foundation.forms.api import (
    Stage,
    form_of,
    hidden_questions,
    questions_of,
    read_answers,
    sections_of,
    shown_answer,
    shown_answers,
    typed,
)

from .definitions import check, question, section
from .definitions import form_of as one_section

SPECIAL = form_of(
    one_section(question("special", "yes_no", required=False), question("why", "text", required_if="special"))
)


def errors(form: Any, raw: dict[str, Any], stage: Stage | None = Stage.SUBMIT, **more: Any) -> dict[str, str]:
    return read_answers(form, raw, require=stage, language="nb", **more).errors


def test_a_question_is_demanded_when_its_condition_holds() -> None:
    assert errors(SPECIAL, {"special": "yes"}) == {"why": "Svar på «Why»."}
    assert errors(SPECIAL, {"special": "no"}) == {}
    assert errors(SPECIAL, {}) == {}


def test_a_condition_may_rest_on_answers_from_another_page() -> None:
    assert errors(SPECIAL, {"why": ""}, asked=["why"]) == {}
    assert errors(SPECIAL, {"why": ""}, asked=["why"], stored={"special": True}) == {"why": "Svar på «Why»."}
    assert (
        errors(SPECIAL, {"special": "no", "why": ""}, asked=["special", "why"], stored={"special": True})
        == {}
    )


def test_answers_are_held_against_each_other() -> None:
    form = form_of(
        one_section(
            question("starts", "date"),
            question("ends", "date"),
            checks=[check("order", "ends > starts", "ends", "Sluttdatoen må være etter startdatoen.")],
        )
    )
    wrong = {"starts": "2.1.2026", "ends": "1.1.2026"}
    reading = read_answers(form, wrong, require=Stage.SUBMIT, language="nn")
    assert reading.errors == {"ends": "Sluttdatoen må være etter startdatoen. (nn)"}
    assert reading.values == {"starts": "2026-01-02", "ends": "2026-01-01"}
    assert errors(form, wrong, None) == {}
    assert errors(form, {"ends": "1.1.2026"}, Stage.DRAFT) == {}
    assert errors(form, {"starts": "1.1.2026", "ends": "2.1.2026"}) == {}
    assert errors(form, {"starts": "2.1.2026"}, asked=["starts"], stored={"ends": "2026-01-01"}) == {}


CHAIN = form_of(
    {
        "sections": [
            section("first", question("lease", "yes_no"), question("rent", "money", shown_if="lease")),
            section("second", question("dear", "text", personal=True), shown_if="rent > 1000"),
            section("third", question("size", "integer", shown_if="employees > 5")),
        ],
        "known": {"employees": "integer"},
    }
)


def told(answers: dict[str, Any], known: dict[str, Any] | None) -> list[str]:
    return [one.slug for part in shown_answers(CHAIN, answers, "nb", known=known) for one in part.answers]


def test_a_hidden_answer_is_unknown_to_the_others_and_never_reaches_the_rules() -> None:
    answers = {"lease": True, "rent": "2000", "dear": "ja", "size": 3}
    assert hidden_questions(CHAIN, answers) == {"size"}
    assert hidden_questions(CHAIN, answers, {"employees": 6}) == frozenset()
    hidden = {**answers, "lease": False}
    assert hidden_questions(CHAIN, hidden, {"employees": 5}) == {"rent", "dear", "size"}
    assert typed(CHAIN, hidden, {"employees": 5}) == {"lease": False}
    assert told(hidden, {"employees": 5}) == ["lease"]


def test_a_given_answer_is_not_hidden_for_want_of_asking_the_register() -> None:
    answers = {"lease": False, "rent": "2000", "dear": "ja", "size": 3}
    assert told(answers, None) == ["lease", "size"]
    assert told(answers, {}) == ["lease"]
    assert told({"lease": True}, None) == ["lease", "rent"]
    both = form_of(
        one_section(question("lease", "yes_no"), question("x", "text", shown_if="lease AND employees > 5"))
        | {"known": {"employees": "integer"}}
    )
    for lease, shown in ((True, ["lease", "x"]), (False, ["lease"])):
        [section] = shown_answers(both, {"lease": lease, "x": "y"}, "nb")
        assert [one.slug for one in section.answers] == shown
    assert shown_answer(CHAIN, "rent", "2000", "nb").text.replace("\u00a0", " ") == "2 000 kroner"


def test_a_hidden_question_is_no_mistake_but_what_was_typed_is_read() -> None:
    raw = {"lease": "no", "rent": "2 000", "dear": "", "size": "mange"}
    reading = read_answers(CHAIN, raw, require=Stage.SUBMIT, language="nb")
    assert reading.errors == {}
    assert reading.values == {"lease": False, "rent": "2000"}
    assert reading.hidden == {"rent", "dear", "size"}


def test_what_the_register_says_is_not_demanded_of_the_applicant() -> None:
    form = form_of(
        one_section(question("employees", "integer"), question("why", "text", required_if="employees > 5"))
    )
    assert errors(form, {}, known={"employees": 9}) == {"why": "Svar på «Why»."}
    assert errors(form, {}, known={"employees": None}) == {"employees": "Svar på «Employees»."}


STAGED = form_of(
    {
        "sections": [
            section("now", question("a", "text", required_from="draft"), question("b", "text")),
            section("later", question("c", "text", required_from="acceptance"), question("d", "text")),
            section("last", question("e", "text", required_from="report")),
        ],
        "checks": [check("never", "c <> 'x'", "c"), check("now", "a <> 'x'", "a")],
    }
)


def test_each_stage_asks_and_demands_its_own() -> None:
    asked = {stage: [one.slug for one in questions_of(STAGED, stage)] for stage in Stage}
    assert asked == {
        "draft": ["a", "b", "d"],
        "submit": ["a", "b", "d"],
        "acceptance": ["c"],
        "payment": [],
        "report": ["e"],
    }
    assert [one.slug for one in questions_of(STAGED)] == ["a", "b", "c", "d", "e"]
    assert [one.slug for one in sections_of(STAGED, Stage.REPORT)] == ["last"]
    demanded = {stage: sorted(errors(STAGED, {}, stage)) for stage in Stage}
    assert demanded == {
        "draft": ["a"],
        "submit": ["a", "b", "d"],
        "acceptance": ["c"],
        "payment": [],
        "report": ["e"],
    }


def test_a_check_is_told_at_its_own_stage() -> None:
    raw = {"a": "x", "b": "1", "c": "x", "d": "1", "e": "1"}
    assert errors(STAGED, raw) == {"a": "Feil."}
    assert errors(STAGED, raw, Stage.ACCEPTANCE) == {"c": "Feil."}


yes_no = st.sampled_from(["yes", "no", "", "kanskje"])
money = st.sampled_from(["", "500", "2 000", "mye"])


@settings(max_examples=60, deadline=None)
@given(yes_no, money, st.sampled_from(["", "ja"]), st.sampled_from(["", "3"]), st.sampled_from([None, 3, 9]))
def test_nothing_hidden_is_typed_demanded_or_shown(
    lease: str, rent: str, dear: str, size: str, employees: Any
) -> None:
    raw, known = {"lease": lease, "rent": rent, "dear": dear, "size": size}, {"employees": employees}
    reading = read_answers(CHAIN, raw, require=Stage.SUBMIT, language="nb", known=known)
    hidden = hidden_questions(CHAIN, reading.values, known)
    assert reading.hidden == hidden
    assert not hidden & reading.errors.keys()
    assert not hidden & typed(CHAIN, reading.values, known).keys()
    shown = {
        one.slug for part in shown_answers(CHAIN, reading.values, "nb", known=known) for one in part.answers
    }
    assert not hidden & shown
    assert shown | hidden == {"lease", "rent", "dear", "size"}
