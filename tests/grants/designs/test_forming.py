"""Edits of a draft's form: what goes with a question, who keeps it, and conditions in words."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from runde.foundation.forms.api import add_question, add_section, change_question
from runde.grants.designs import api as designs
from runde.grants.designs.api import Content, DraftRefused, InUse
from runde.grants.designs.domain.places import Place, placed
from runde.grants.designs.domain.readiness import lacks_in
from runde.grants.designs.queries.examples import example_content

BUDGET = {
    "slug": "budget",
    "type": "table",
    "label": {"nb": "Hva koster det?"},
    "columns": [
        {"slug": "what", "type": "text", "label": {"nb": "Hva"}},
        {"slug": "amount", "type": "money", "label": {"nb": "Beløp"}, "sum": True},
    ],
}
FIXED = "Faste kostnader i mars, april og mai 2026"
CHECK = {
    "slug": "enough",
    "check": "budget >= fixed_costs",
    "at": "budget",
    "message": {"nb": "Budsjettet må dekke de faste kostnadene."},
}


def scheme_content() -> Content:
    return placed(example_content("smittevern"), Place("3407", "Gjøvik"))


def with_budget(content: Content) -> Content:
    return designs.with_form(content, lambda form: add_question(form, BUDGET, section="costs"))


def with_check(content: Content) -> Content:
    return designs.with_form(content, lambda form: designs.put_check(form, CHECK, {}))


def slugs(content: Content) -> list[str]:
    return [one["slug"] for part in content["form"]["sections"] for one in part["questions"]]


def test_a_refused_edit_is_refused_in_the_drafts_own_way() -> None:
    with pytest.raises(DraftRefused, match="finnes ikke"):
        designs.with_form(
            scheme_content(), lambda form: add_question(form, BUDGET | {"type": "telepathy"}, section="costs")
        )


def test_a_question_takes_its_checks_with_it() -> None:
    content = with_check(with_budget(scheme_content()))
    assert designs.removal_of(content, "budget").checks == (CHECK["message"]["nb"],)  # type: ignore[index]
    gone = designs.take_out_question(content, "budget")
    assert "budget" not in slugs(gone)
    assert "checks" not in gone["form"]
    assert "budget" in slugs(content)


def test_a_question_others_use_is_kept_and_they_are_named() -> None:
    content = with_check(with_budget(scheme_content()))
    with pytest.raises(InUse) as refused:
        designs.take_out_question(content, "fixed_costs")
    [sentence] = refused.value.problems
    assert sentence.startswith("Spørsmålet «Faste kostnader")
    assert "opplysningen «Faste kostnader i perioden»" in sentence
    assert "spørsmålet «Hva koster det?»" in sentence


def test_a_fact_nothing_uses_goes_with_its_question() -> None:
    content = with_budget(scheme_content())
    names = dict.fromkeys(("nb", "nn", "en"), "Budsjettet")
    known = designs.let_rules_use(content, BUDGET, names)
    [fact] = [one for one in known["rules"]["facts"] if one["name"] == "budget"]
    assert (fact["type"], fact["source"], fact["label"]["nb"]) == ("money", "answer", "Budsjettet")
    assert designs.removal_of(known, "budget").fact == "Budsjettet"
    gone = designs.take_out_question(known, "budget")
    assert [one for one in gone["rules"]["facts"] if one["name"] == "budget"] == []


def test_a_section_goes_with_questions_that_lean_on_each_other() -> None:
    made = designs.with_form(
        scheme_content(), lambda form: add_section(form, {"slug": "more", "title": {"nb": "Mer"}})
    )
    one = {"slug": "rebuild", "type": "yes_no", "label": {"nb": "Skal dere bygge om?"}}
    two = {"slug": "why", "type": "text", "label": {"nb": "Hvorfor?"}, "shown_if": "rebuild"}
    for question in (one, two):
        made = designs.with_form(made, lambda form, q=question: add_question(form, q, section="more"))  # type: ignore[misc]
    assert "more" not in [one["slug"] for one in designs.take_out_section(made, "more")["form"]["sections"]]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("exceptional_circumstances", "«Er det særlige forhold vi bør vite om?» er ja"),
        ("NOT exceptional_circumstances", "«Er det særlige forhold vi bør vite om?» er nei"),
        ("employees >= 5", "«Ansatte» er minst 5"),
        ("fixed_costs > 100000", "«Faste kostnader i mars, april og mai 2026» er mer enn 100 000 kroner"),
        ("founded_date < DATE '2026-03-01'", "«Stiftet» er før 1. mars 2026"),
        ("budget >= fixed_costs", f"«Hva koster det?: sum av Beløp» er minst «{FIXED}»"),
        ("employees BETWEEN 5 AND 20", "«Ansatte» er fra 5 til 20"),
        ("municipality IN ('3103', '3901')", "«Kommune» er «Moss» eller «Horten»"),
        ("employees BETWEEN 5 AND 20 AND bankrupt", "«Ansatte» er minst 5 og «Ansatte» er høyst 20 og «Konkurs» er ja"),
        ("employees >= 5 OR bankrupt", "«Ansatte» er minst 5 eller «Konkurs» er ja"),
        ("budget * 2 > fixed_costs", "formelen budget * 2 > fixed_costs er sann"),
    ],
)  # fmt: skip
def test_conditions_are_told_in_words(expression: str, words: str) -> None:
    shown = designs.condition_shown(with_budget(scheme_content())["form"], expression)
    assert shown.words.replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("kind", "name", "typed", "expression"),
    [
        ("at_least", "budget", ["100 000"], "budget >= 100000"),
        ("is_true", "exceptional_circumstances", [], "exceptional_circumstances"),
        ("between", "employees", ["5", "20"], "employees BETWEEN 5 AND 20"),
        ("one_of", "municipality", ["3103"], "municipality IN ('3103')"),
        ("at_most", "fixed_costs", ["{budget}"], "fixed_costs <= budget"),
    ],
)
def test_what_is_chosen_and_typed_becomes_the_rule_language(
    kind: str, name: str, typed: list[str], expression: str
) -> None:
    form = with_budget(scheme_content())["form"]
    assert designs.condition_from_typed(form, kind, name, typed) == expression


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        ("at_least", "budget", ["mye"]),
        ("at_least", "gone", ["1"]),
        ("at_least", "exceptional_circumstances", ["1"]),
    ],
)
def test_what_cannot_be_a_condition_is_refused(kind: str, name: str, typed: list[str]) -> None:
    with pytest.raises(DraftRefused):
        designs.condition_from_typed(with_budget(scheme_content())["form"], kind, name, typed)


@pytest.mark.parametrize(
    ("before", "added", "word", "whole"),
    [
        ("", "a", "and", "a"),
        ("a", "b", "and", "a AND b"),
        ("a OR b", "c", "and", "(a OR b) AND c"),
        ("a AND b", "c", "or", "(a AND b) OR c"),
        ("a", "b AND c", "and", "a AND b AND c"),
    ],
)
def test_conditions_are_joined_so_that_they_are_read_one_way(
    before: str, added: str, word: str, whole: str
) -> None:
    assert designs.joined_condition(before, added, word) == whole


def test_a_comparison_is_taken_out_of_a_condition() -> None:
    form = scheme_content()["form"]
    shown = designs.condition_shown(form, "employees >= 5 AND bankrupt AND vat_registered")
    assert designs.without_part(shown, 1) == "employees >= 5 AND vat_registered"
    assert designs.without_part(designs.condition_shown(form, "bankrupt"), 0) == ""


CHANGES: list[tuple[dict[str, Any], str]] = [
    (
        {"shown_if": "exceptional_circumstances"},
        "vises nå bare når «Er det særlige forhold vi bør vite om?» er ja.",
    ),
    ({"required_from": "payment"}, "stilles før utbetaling. Før: skal besvares før søknaden sendes."),
    ({"most": "900000"}, "Største svar i «{}» er satt til 900 000 kroner."),
    ({"personal": True, "keep_months": 6}, "lagres nå i 6 måneder etter at saken er avsluttet."),
    (
        {"help": {"nb": "Ta med husleie."}},
        "Hjelp, oversettelser eller feiltekster er endret i spørsmålet «{}».",
    ),
]


@pytest.mark.parametrize(("changes", "ending"), CHANGES)
def test_what_is_changed_in_a_question_is_told_in_words(changes: dict[str, Any], ending: str) -> None:
    old = scheme_content()
    new = designs.with_form(old, lambda form: change_question(form, "fixed_costs", changes))
    told = [one.sentence.replace("\u00a0", " ") for one in designs.compare_contents(old, new)]
    assert told[-1].endswith(ending.format("Faste kostnader i mars, april og mai 2026"))


def test_checks_columns_and_moves_are_told_in_words() -> None:
    old = with_budget(scheme_content())
    wider = deepcopy(BUDGET)
    wider["columns"] = [*BUDGET["columns"][:1], {"slug": "net", "type": "money", "label": {"nb": "Netto"}}]  # type: ignore[index]
    new = with_check(designs.with_form(old, lambda form: form))
    assert [one.sentence for one in designs.compare_contents(old, new)] == [
        "Ny kontroll av svarene: «Hva koster det?: sum av Beløp» er minst «Faste kostnader i mars, april og mai 2026». "
        "Ellers står det «Budsjettet må dekke de faste kostnadene.»."
    ]
    changed = designs.with_form(
        old, lambda form: change_question(form, "budget", {"columns": wider["columns"]})
    )
    assert [one.sentence for one in designs.compare_contents(old, changed)] == [
        "Kolonnen «Beløp» er tatt bort i «Hva koster det?».",
        "Kolonnen «Netto» er lagt til i «Hva koster det?».",
    ]


def test_every_text_the_applicant_meets_must_be_there_in_each_language() -> None:
    content = with_check(with_budget(scheme_content()))
    told = [one.sentence for one in lacks_in(content, date(2026, 11, 23))]
    assert "Kolonnene i spørsmålet «Hva koster det?» mangler tekst på nynorsk og engelsk." in told
    assert "Kontrollen ved «Hva koster det?» mangler tekst på nynorsk og engelsk." in told
