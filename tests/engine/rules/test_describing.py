"""The documentation page of a rule set, and the working behind one answer."""

import json
from datetime import date
from decimal import Decimal

import pytest

from runde.engine.rules import (
    CompiledRuleSet,
    RowResult,
    RuleSet,
    Shape,
    Value,
    Verdict,
    compile_ruleset,
    describe,
    load_example,
)

from .conftest import FACTS, ON, one_rule


def test_the_document_says_what_is_demanded_asked_and_written(smittevern: CompiledRuleSet) -> None:
    document = describe(smittevern, ON)
    criteria = {one.slug: one for one in document.criteria}
    drop = criteria["revenue_drop"]
    assert drop.requirement == smittevern.requirements(ON)["revenue_drop"]
    assert drop.outcome == "vurdering"
    assert drop.shape == Shape("at_least", "revenue_drop", ("{required_drop}",))
    assert drop.asks == (
        "Hvor mye omsatte virksomheten for i samme periode året før?",
        "Hvor mye omsatte virksomheten for i perioden?",
    )
    letter = dict(drop.letter)
    assert letter["not_met"].replace("\u00a0", " ") == (
        "Fallet i omsetning er [fall i omsetning]. Kravet er minst 30 prosent: [hvor mye som mangler]."
    )
    assert letter["unknown"] == "Vi mangler [opplysningene]."


def test_facts_figures_and_rows_are_told_in_words(smittevern: CompiledRuleSet) -> None:
    document = describe(smittevern, ON)
    facts = {one.name: one for one in document.facts}
    assert (facts["fixed_costs"].source, facts["fixed_costs"].private) == ("søknaden", True)
    assert facts["fixed_costs"].used_by == ("Faste kostnader dere oppga",)
    assert facts["nace_section"].codes[0] == ("A", "jordbruk, skogbruk og fiske")
    assert facts["legal_form"].used_by == ()
    figures = {one.name: one for one in document.parameters}
    assert figures["ceiling"].value == "500\u00a0000\u00a0kroner"
    assert figures["scheme_municipality"].value == "Moss"
    rows = {one.name: one for one in document.amount}
    assert (rows["rounded"].kind, rows["net"].in_letter) == ("avrunding", False)
    assert document.warnings == ()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_document_is_plain_data_in_every_language(language: str) -> None:
    document = describe(load_example("smittevern"), ON, language)
    stored = json.loads(json.dumps(document.to_dict()))
    assert stored["title"] == document.title
    assert len(stored["criteria"]) == 8
    assert stored["parameters"][0]["value"] == ""


def test_every_part_of_a_formula_has_its_value(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    steps = smittevern.steps_behind(cafe, ON, "revenue_drop")
    assert [(one.expression, one.value) for one in steps] == [
        ("revenue_comparison", Decimal(1_000_000)),
        ("revenue_period", Decimal(550_000)),
        ("revenue_comparison - revenue_period", Decimal(450_000)),
        ("DIVIDE(revenue_comparison - revenue_period, revenue_comparison, 4)", Decimal("0.45")),
    ]
    assert steps[-1].shown("nb") == "45,0\u00a0prosent"
    assert steps[-1].to_dict()["value"] == "0.4500"
    [*_, whole] = smittevern.steps(cafe, ON, "industry")
    assert whole.value is True


@pytest.mark.parametrize(
    "expression",
    [
        "NOT (bankrupt AND section IN ('I', 'S'))",
        "CASE WHEN bankrupt THEN turnover ELSE -(before) END > 1.50",
        "DAYS_BETWEEN(founded, DATE '2026-03-01') >= 365 OR place = 'Mo''ss'",
        "LEAST(turnover, 5) + before * share > ABS(turnover) AND TRUE",
    ],
)
def test_a_part_is_written_so_that_it_can_be_read_again(expression: str) -> None:
    compiled = compile_ruleset(one_rule(expression))
    values = {"bankrupt": Value(False), "turnover": Value(Decimal(3)), "founded": Value(date(2020, 1, 1))}
    for step in compiled.steps(values, ON, "rule"):
        if step.type.kind == "boolean":
            again = compile_ruleset(one_rule(step.expression)).check(values, ON).criterion("rule").outcome
            assert again == {True: "met", False: "not_met", None: "unknown"}[step.value]


def test_a_row_tells_which_facts_it_brings_in(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    rows = {row.name: row for row in smittevern.check(cafe, ON).rows}
    [costs] = rows["costs"].values
    assert (costs.name, costs.source, costs.as_of) == ("fixed_costs", "søknaden", date(2026, 11, 12))
    assert [one.name for one in rows["fall"].values] == [
        "revenue_drop",
        "revenue_comparison",
        "revenue_period",
    ]
    assert rows["covered"].values == ()
    assert (rows["capped"].applies_to, rows["capped"].kind) == ("not_negative", "cap")


def test_a_verdict_stored_before_rows_had_values_can_still_be_read(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    stored = smittevern.check(cafe, ON).to_dict()
    for row in stored["rows"]:
        del row["values"], row["applies_to"]
    read = Verdict.from_dict(stored)
    assert isinstance(read.rows[0], RowResult)
    assert (read.rows[0].values, read.amount_nok) == ((), Decimal(117_400))


def test_what_rests_on_private_facts_is_private(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    verdict = smittevern.check(cafe, ON)
    values = {one.name: one for result in verdict.criteria for one in result.values}
    assert values["revenue_drop"].private
    assert not values["grant_nok"].private
    assert not values["nace_section"].private


def test_a_fact_that_no_rule_reads_is_described_without_users() -> None:
    document = describe(RuleSet("x", "1", {"nb": "X"}, FACTS, ()), ON)
    assert {one.used_by for one in document.facts} == {()}
    assert [one.unit for one in document.facts if one.name == "employees"] == ["ansatte"]
