"""Edits give new content and leave the old alone; what cannot be read is refused with where and why."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from runde.engine.rules import AmountRow, Derived, Fact, RuleError, RuleSet, Shape, compile_ruleset
from runde.engine.whatif import Assumption, AssumptionLine, Band, PlannedSource, TakeUp
from runde.grants.designs import api as designs
from runde.grants.designs.api import Content, DraftRefused
from runde.grants.designs.domain.content import content_problems
from runde.grants.designs.domain.places import Place, placed
from runde.grants.designs.queries.examples import example_content

DAY = date(2026, 11, 23)


@pytest.fixture
def content() -> Content:
    return placed(example_content("smittevern"), Place("3407", "Gjøvik"))


def sentence(content: Content, slug: str) -> str:
    compiled = compile_ruleset(RuleSet.from_dict(content["rules"]))
    return compiled.requirements(DAY)[slug].replace("\u00a0", " ")


def parameter(content: Content, name: str) -> Any:
    return next(one for one in content["rules"]["parameters"] if one["name"] == name)["values"][0]["value"]


def test_every_edit_leaves_the_content_it_was_given_alone(content: Content) -> None:
    before = deepcopy(content)
    designs.set_parameter(content, "ceiling", "400 000")
    designs.set_text(content, ("texts", "name"), "nb", "Nytt navn")
    designs.set_text(content, ("rules", "criteria", "industry", "requirement"), "nb", "Nytt krav om {list}.")
    designs.set_outcome(content, "revenue_drop", "refuse")
    designs.add_typed_criterion(content, "one_of", "municipality", ["Moss", "3407"])
    designs.remove_part(content, "question", "exceptional_text")
    assert content == before


def test_a_value_in_a_sentence_changes_the_rule_and_the_sentence(content: Content) -> None:
    changed = designs.set_value(content, "revenue_drop", "threshold", "25", source="Kommunestyret sak 9/26")
    assert parameter(changed, "required_drop") == "0.25"
    assert "25 prosent" in sentence(changed, "revenue_drop")
    assert content_problems(changed) == []


def test_a_value_in_the_calculation_changes(content: Content) -> None:
    changed = designs.set_amount_value(content, "capped", "ceiling", "400 000 kr")
    assert parameter(changed, "ceiling") == "400000"


def test_a_requirement_on_a_fact_the_rules_did_not_have_brings_it_in(content: Content) -> None:
    changed = designs.add_typed_criterion(content, "at_least", "employees", ["5"], legal_reference="Punkt 8")
    [fact] = [one for one in changed["rules"]["facts"] if one["name"] == "employees"]
    assert fact["label"] == {"nb": "Ansatte", "nn": "Tilsette", "en": "Employees"}
    assert changed["rules"]["criteria"][-1]["expression"] == "employees >= 5"
    assert changed["rules"]["criteria"][-1]["legal_reference"] == "Punkt 8"
    texts = changed["rules"]["criteria"][-1]["texts"]["requirement"]
    assert all(texts[language] for language in ("nb", "nn", "en"))
    assert content_problems(changed) == []


def test_municipalities_are_chosen_by_name_and_only_those_in_use_are_kept(content: Content) -> None:
    changed = designs.add_typed_criterion(content, "one_of", "municipality", ["Moss", "3407"])
    criterion = changed["rules"]["criteria"][-1]
    assert criterion["expression"] == "municipality IN ('3103', '3407')"
    [fact] = [one for one in changed["rules"]["facts"] if one["name"] == "municipality"]
    assert fact["codes"] == {"3103": {"nb": "Moss"}, "3407": {"nb": "Gjøvik"}}
    assert "Moss" in sentence(changed, criterion["slug"])
    moved = designs.set_value(changed, criterion["slug"], "list", "Hamar")
    [fact] = [one for one in moved["rules"]["facts"] if one["name"] == "municipality"]
    assert fact["codes"] == {"3403": {"nb": "Hamar"}}
    with pytest.raises(RuleError):
        designs.set_value(changed, criterion["slug"], "list", "9999")


def test_industries_are_sections_and_codes(content: Content) -> None:
    blank = designs.remove_criterion(content, "industry")
    for name in ("nace_section", "nace_code"):
        blank = designs.remove_part(blank, "fact", name)
    changed = designs.add_criterion(blank, Shape("industry", "nace_section", ("I", "79")))
    assert changed["rules"]["criteria"][-1]["expression"] == (
        "nace_section IN ('I') OR STARTS_WITH(nace_code, '79')"
    )


def test_a_formula_brings_in_the_facts_it_mentions(content: Content) -> None:
    changed = designs.set_expression(
        content, "criterion", "not_bankrupt", "NOT bankrupt AND NOT forced_dissolution"
    )
    assert "forced_dissolution" in [one["name"] for one in changed["rules"]["facts"]]
    changed = designs.set_derived(
        content, Derived("people", "GREATEST(employees, 1)", {"nb": "Folk", "nn": "Folk", "en": "People"})
    )
    assert "employees" in [one["name"] for one in changed["rules"]["facts"]]


def test_rows_of_the_calculation_are_added_and_changed(content: Content) -> None:
    label = {"nb": "Tillegg for lærlinger", "nn": "Tillegg for lærlingar", "en": "Apprentices"}
    row = AmountRow("apprentices", "addition", "10000", label)
    changed = designs.set_amount_row(content, row, before="own_share")
    names = [one["name"] for one in changed["rules"]["amount"]]
    assert names.index("apprentices") == names.index("own_share") - 1
    changed = designs.set_expression(changed, "amount", "net", "covered + own_share + apprentices")
    assert content_problems(changed) == []
    with pytest.raises(RuleError, match="net"):
        designs.remove_part(changed, "amount", "apprentices")


def test_outcome_is_refuse_or_refer(content: Content) -> None:
    changed = designs.set_outcome(content, "municipality", "refer")
    assert [one.get("when_not_met") for one in changed["rules"]["criteria"]][1] == "refer"
    with pytest.raises(RuleError, match="refuse eller refer"):
        designs.set_outcome(content, "municipality", "forget")


@pytest.mark.parametrize(
    "typed", ["tretti", "", "30 epler", "1e9", "' OR 1=1", "9" * 400, "\u202e30", "30\x00"]
)
def test_what_cannot_be_read_is_refused_with_its_place(content: Content, typed: str) -> None:
    with pytest.raises(RuleError) as refused:
        designs.set_value(content, "revenue_drop", "threshold", typed)
    assert refused.value.first.where == "criteria.revenue_drop.threshold"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("texts", "name"), lambda c: c["texts"]["name"]),
        (("texts", "needed", 1), lambda c: c["texts"]["needed"][1]),
        (("legal_basis", "guidelines"), lambda c: c["legal_basis"]["guidelines"]),
        (
            ("rules", "criteria", "industry", "not_met"),
            lambda c: c["rules"]["criteria"][0]["texts"]["not_met"],
        ),
        (("rules", "amount", "costs", "label"), lambda c: c["rules"]["amount"][0]["label"]),
        (("rules", "title"), lambda c: c["rules"]["title"]),
        (("form", "sections", "revenue", "why"), lambda c: c["form"]["sections"][0]["why"]),
        (
            ("form", "questions", "fixed_costs", "help"),
            lambda c: c["form"]["sections"][1]["questions"][0]["help"],
        ),
    ],
)
def test_a_text_is_changed_in_one_language_by_its_path(content: Content, path: Any, where: Any) -> None:
    changed = designs.set_text(content, path, "nn", "  Nynorsk tekst ")
    assert where(changed) == where(content) | {"nn": "Nynorsk tekst"}
    assert designs.texts_at(changed, path)["nn"] == "Nynorsk tekst"


def test_reading_texts_writes_nothing(content: Content) -> None:
    del content["texts"]["conditions"]
    before = deepcopy(content)
    assert designs.texts_at(content, ("texts", "conditions", 0)) == {}
    assert content == before
    said = {"nb": "Si fra.", "nn": "Sei frå.", "en": "Tell us."}
    assert designs.set_texts(content, ("texts", "conditions", 0), said)["texts"]["conditions"] == [said]
    assert content == before


@pytest.mark.parametrize(
    "path",
    [
        ("rules", "name"),
        ("rules", "name", "x"),
        ("rules", "format", "questions", "x"),
        ("form", "sections", 0),
        ("legal_basis", "references", 0),
        ("legal_basis", "references", "x", "y"),
        ("legal_basis", "aid_rule", "x"),
        ("texts", "conditions", 99),
        ("texts", "name", "nb", "x"),
        ("texts",),
        ("sources", "x"),
    ],
)
def test_a_path_to_something_else_than_a_text_reads_as_nothing_and_is_refused(
    content: Content, path: Any
) -> None:
    assert not set(designs.texts_at(content, path)) - {"slug", "title", "why", "questions", "texts"}
    with pytest.raises((DraftRefused, RuleError)):
        designs.set_texts(content, path, {"nb": "Nytt", "nn": "Nytt", "en": "New"})


def test_items_of_a_list_are_added_at_the_end_and_removed_when_emptied(content: Content) -> None:
    count = len(content["texts"]["conditions"])
    said = {"nb": "Si fra.", "nn": "Sei frå.", "en": "Tell us."}
    longer = designs.set_texts(content, ("texts", "conditions", count), said)
    assert longer["texts"]["conditions"][count] == said
    shorter = designs.set_texts(longer, ("texts", "conditions", 0), {"nb": " ", "nn": "", "en": ""})
    assert len(shorter["texts"]["conditions"]) == count


@pytest.mark.parametrize(
    "path",
    [
        ("texts",),
        ("sources", 0),
        ("texts", "needed", 99),
        ("rules", "criteria", "x", "met"),
        ("form", "questions", "x", "label"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(content: Content, path: Any) -> None:
    with pytest.raises(DraftRefused, match="Her er ingen tekst"):
        designs.set_text(content, path, "nb", "x")


def test_a_placeholder_that_does_not_exist_is_refused(content: Content) -> None:
    with pytest.raises(DraftRefused):
        designs.set_text(
            content, ("rules", "criteria", "industry", "requirement"), "nb", "Krav om {ingenting}."
        )


def test_what_only_the_applicant_knows_becomes_fact_and_question(content: Content) -> None:
    fact = Fact(
        "apprentices", "integer", "answer", {"nb": "Lærlinger", "nn": "Lærlingar", "en": "Apprentices"}
    )
    question = {
        "type": "integer",
        "label": {"nb": "Hvor mange lærlinger?", "nn": "Kor mange?", "en": "How many?"},
    }
    changed = designs.ask_for(content, fact, "costs", question)
    changed = designs.add_typed_criterion(changed, "at_least", "apprentices", ["1"])
    assert content_problems(changed) == []
    assert changed["form"]["sections"][1]["questions"][-1]["slug"] == "apprentices"
    with pytest.raises(DraftRefused, match="ingen del"):
        designs.ask_for(content, fact, "nowhere", question)


def test_a_new_section_comes_before_the_account_number(content: Content) -> None:
    question = {"slug": "why", "type": "long_text", "label": {"nb": "Hvorfor?"}}
    changed = designs.set_section(content, "reasons", {"nb": "Begrunnelse"}, question)
    slugs = [section["slug"] for section in changed["form"]["sections"]]
    assert slugs.index("reasons") == slugs.index("payment") - 1


def test_assumptions_take_up_and_money(content: Content) -> None:
    line = AssumptionLine((Band(Decimal(1), "0.45"),))
    changed = designs.set_assumption(
        content, Assumption("revenue_drop", (line,), "Næringsundersøkelsen 2026")
    )
    [one] = [one for one in changed["assumptions"] if one["name"] == "revenue_drop"]
    assert one["source"] == "Næringsundersøkelsen 2026"
    changed = designs.set_take_up(changed, TakeUp(Decimal("0.4"), Decimal("0.6"), Decimal("0.8")))
    assert changed["take_up"] == {"low": "0.4", "middle": "0.6", "high": "0.8"}
    source = PlannedSource("Fondet", Decimal(5_000_000), "nace_section = 'I'")
    changed = designs.set_sources(changed, [source])
    assert changed["sources"] == [
        {"name": "Fondet", "amount_nok": "5000000", "earmark": "nace_section = 'I'"}
    ]
    assert designs.design_of(changed).sources == (source,)
    with pytest.raises(RuleError):
        designs.set_sources(changed, [PlannedSource("Fondet", Decimal(-1))])
    with pytest.raises(RuleError):
        designs.set_assumption(content, Assumption("ingenting", (line,), "x"))


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("Moss", "Næring i Moss kommune", "Næring i Hamar kommune"),
        ("Moss", "Moss' næringsfond og Mosss", "Hamar' næringsfond og Hamars"),
        ("Moss", "Mossehue og Mosseregionen", "Mossehue og Mosseregionen"),
        ("Nes", "NES og Nes, Nesbyen", "NES og Hamar, Nesbyen"),
        ("Nordre Follo", "Nordre Follo.", "Hamar."),
    ],
)
def test_another_municipalitys_name_gives_way_in_texts_only(before: str, text: str, after: str) -> None:
    content = placed(example_content("smittevern"), Place("3103", before))
    content["texts"]["summary"]["nb"] = text
    content["rules"]["criteria"][0]["legal_reference"] = text
    moved = placed(content, Place("3403", "Hamar"))
    assert moved["texts"]["summary"]["nb"] == after
    assert moved["rules"]["criteria"][0]["legal_reference"] == text
    assert moved["slug"] == "smittevern"


def test_what_is_ones_own_already_is_left_as_it_is(content: Content) -> None:
    assert placed(content, Place("3407", "Gjøvik")) == content
