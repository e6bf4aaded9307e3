"""The public sentence with its values as fields: what is typed in them changes the rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from runde.engine.rules import (
    CompiledRuleSet,
    DatedValue,
    Editable,
    RuleError,
    RuleSet,
    amount_parts,
    compare_rulesets,
    compile_ruleset,
    load_example,
    sentence_parts,
    values_in_criterion,
    with_amount_value,
    with_criterion,
    with_parameter_value,
    with_value,
)

from .conftest import ON, one_rule

RULES = load_example("smittevern", "3103", {"nb": "Moss", "nn": "Moss", "en": "Moss"})


def fields(rules: RuleSet, slug: str, language: str = "nb") -> list[Editable]:
    return [part for part in sentence_parts(rules, slug, ON, language) if isinstance(part, Editable)]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_parts_together_are_the_public_sentence(smittevern: CompiledRuleSet, language: str) -> None:
    for slug, sentence in smittevern.requirements(ON, language).items():
        parts = sentence_parts(smittevern, slug, ON, language)
        assert "".join(part if isinstance(part, str) else part.shown for part in parts) == sentence


def test_a_share_is_a_field_of_per_cent() -> None:
    parts = sentence_parts(RULES, "revenue_drop", ON)
    assert parts[0] == "Omsetningen må ha falt med minst "
    field = parts[1]
    assert isinstance(field, Editable)
    assert (field.name, field.kind, field.value, field.unit) == ("threshold", "share", "30", "prosent")
    assert (field.parameter, field.shown) == ("required_drop", "30\u00a0prosent")


def test_other_kinds_of_field() -> None:
    [day] = fields(RULES, "registered_before")
    assert (day.kind, day.value, day.unit) == ("date", "01.03.2026", "")
    [money] = fields(RULES, "minimum_amount", "en")
    assert (money.kind, money.value, money.unit) == ("money", "5 000", "NOK")
    [place] = fields(RULES, "municipality")
    assert (place.kind, place.value, place.shown) == ("text", "3103", "Moss")
    [listed] = fields(RULES, "industry")
    assert (listed.kind, listed.value) == ("codes", "I, S, T, 79")
    assert ("I", "overnatting og servering") in listed.choices


@pytest.mark.parametrize(
    ("slug", "name", "typed", "sentence"),
    [
        ("revenue_drop", "threshold", "25 %", "minst 25 prosent"),
        ("registered_before", "threshold", "1. april 2026", "før 1. april 2026"),
        ("minimum_amount", "threshold", "kr 10.000", "minst 10 000 kroner"),
        ("industry", "list", "I, S", "overnatting og servering eller kultur, sport og fritid"),
        ("municipality", "threshold", "3107", "ligge i 3107"),
    ],
)
def test_what_is_typed_changes_rule_and_sentence_together(
    slug: str, name: str, typed: str, sentence: str
) -> None:
    changed = with_value(RULES, slug, name, typed)
    said = compile_ruleset(changed).requirements(ON)[slug].replace("\u00a0", " ")
    assert sentence in said
    assert changed.digest != RULES.digest


def test_the_old_name_never_stays_on_a_new_value() -> None:
    moved = with_value(RULES, "municipality", "threshold", "3107", label={"nb": "Fredrikstad"})
    assert compile_ruleset(moved).requirements(ON)["municipality"] == "Virksomheten må ligge i Fredrikstad."
    same = with_value(RULES, "municipality", "threshold", "3103")
    assert same == RULES


def test_a_literal_is_changed_in_the_expression_itself() -> None:
    rules = one_rule(
        "founded < DATE '2026-03-01' AND employees >= 5 AND turnover > -200.50",
        requirement={"nb": "{threshold}, {threshold_2} og {threshold_3}"},
    )
    names = [(one.name, one.value, one.unit) for one in fields(rules, "rule")]
    assert names == [
        ("threshold", "01.03.2026", ""),
        ("threshold_2", "5", "ansatte"),
        ("threshold_3", "−200,5".replace("−", "-"), "kroner"),
    ]
    changed = with_value(rules, "rule", "threshold", "24.12.2025")
    changed = with_value(changed, "rule", "threshold_2", "12 ansatte")
    changed = with_value(changed, "rule", "threshold_3", "1 000,50")
    assert changed.criteria[0].expression == (
        "founded < DATE '2025-12-24' AND employees >= 12 AND turnover > 1000.5"
    )


def test_values_the_sentence_leaves_out_are_found_too() -> None:
    rules = one_rule("employees BETWEEN 1 AND 49")
    assert fields(rules, "rule") == []
    found = values_in_criterion(rules, "rule", ON)
    assert [(one.name, one.value) for one in found] == [("threshold", "1"), ("threshold_2", "49")]


def test_a_constant_that_is_worked_out_is_shown_and_left_to_the_formula_view() -> None:
    rules = one_rule("turnover >= 2 * 1500", requirement={"nb": "Minst {threshold}."})
    assert sentence_parts(rules, "rule", ON) == ("Minst ", "3\u00a0000\u00a0kroner", ".")
    assert compile_ruleset(rules).requirements(ON)["rule"] == "Minst 3\u00a0000\u00a0kroner."


@pytest.mark.parametrize(
    ("slug", "name", "typed", "code", "suggestion"),
    [
        ("revenue_drop", "threshold", "tretti", "typed", None),
        ("revenue_drop", "threshold", "30.000", "typed", "30"),
        ("revenue_drop", "threshold", "30,123", "typed", None),
        ("revenue_drop", "threshold", "-", "typed", None),
        ("revenue_drp", "threshold", "30", "unknown_criterion", "revenue_drop"),
        ("revenue_drop", "required_drp", "30", "unknown_value", "required_drop"),
        ("minimum_amount", "threshold", "99999999999999999", "value", None),
        ("industry", "list", "", "typed", None),
        ("industry", "list", "X", "typed", None),
    ],
)
def test_what_cannot_be_used_is_refused_and_says_where(
    slug: str, name: str, typed: str, code: str, suggestion: str | None
) -> None:
    with pytest.raises(RuleError) as error:
        with_value(RULES, slug, name, typed)
    assert (error.value.first.code, error.value.first.suggestion) == (code, suggestion)
    if code == "typed":
        assert error.value.first.where == f"criteria.{slug}.{name}"


def test_the_rows_of_the_amount_as_sentences() -> None:
    lines = {line.name: line for line in amount_parts(RULES, ON)}
    covered = lines["covered"].parts
    assert [part if isinstance(part, str) else part.value for part in covered] == [
        "Vi dekker ",
        "85",
        " av kostnadene for fallet",
    ]
    assert [(one.name, one.value) for one in lines["own_share"].more] == [("deductible", "5 000")]
    assert [part.value for part in lines["rounded"].parts if isinstance(part, Editable)] == ["100"]
    assert lines["rounded"].more == ()


def test_a_row_changes_by_parameter_and_by_figure() -> None:
    changed = with_amount_value(RULES, "rounded", "figure", "1 000")
    changed = with_amount_value(changed, "capped", "ceiling", "1 mill. kroner")
    rows = {row.name: row for row in changed.amount}
    assert rows["rounded"].expression == "ROUND_DOWN(capped, 1000)"
    label = compile_ruleset(changed).rules.parameters["ceiling"].values[0].value
    assert label == Decimal(1_000_000)
    with pytest.raises(RuleError) as error:
        with_amount_value(RULES, "rouned", "figure", "1")
    assert error.value.first.suggestion == "rounded"
    with pytest.raises(RuleError):
        with_amount_value(RULES, "rounded", "figure", "0")


def test_only_the_figure_in_force_is_changed() -> None:
    parameter = next(one for one in RULES.parameters if one.name == "required_drop")
    early = DatedValue(Decimal("0.30"), date(2026, 1, 1), "vedtak 1")
    late = DatedValue(Decimal("0.25"), date(2027, 1, 1), "vedtak 2")
    dated = replace(parameter, values=(early, late))
    rules = replace(RULES, parameters=tuple(dated if one is parameter else one for one in RULES.parameters))
    changed = with_parameter_value(rules, "required_drop", "35", on=ON, source="vedtak 3")
    values = next(one for one in changed.parameters if one.name == "required_drop").values
    assert values == (DatedValue(Decimal("0.35"), date(2026, 1, 1), "vedtak 3"), late)
    latest = with_parameter_value(rules, "required_drop", "20")
    values = next(one for one in latest.parameters if one.name == "required_drop").values
    assert values == (early, DatedValue(Decimal("0.2"), date(2027, 1, 1), "vedtak 2"))


def test_a_field_with_one_code_takes_one() -> None:
    rules = one_rule("section = 'I'", requirement={"nb": "Næringen må være {threshold}."})
    [field] = fields(rules, "rule")
    assert (field.kind, field.value, field.shown) == ("codes", "I", "servering")
    assert with_value(rules, "rule", "threshold", "Kultur").criteria[0].expression == "section = 'S'"
    with pytest.raises(RuleError) as error:
        with_value(rules, "rule", "threshold", "I, S")
    assert error.value.first.suggestion == "I"


def test_a_parameter_may_be_named_in_the_sentence() -> None:
    texts = {"requirement": {"nb": "Fallet må være {required_drop} eller mer."}, "not_met": {"nb": "Nei."}}
    rules = with_criterion(RULES, "revenue_drop", texts=texts)
    [field] = fields(rules, "revenue_drop")
    assert (field.name, field.parameter, field.value) == ("required_drop", "required_drop", "30")
    changed = with_value(rules, "revenue_drop", field.name, "25")
    assert (
        compile_ruleset(changed).requirements(ON)["revenue_drop"]
        == "Fallet må være 25\u00a0prosent eller mer."
    )


def test_a_scheme_without_its_municipality_can_be_read_and_filled() -> None:
    blank = load_example("smittevern")
    [field] = fields(blank, "municipality")
    assert (field.value, field.shown, field.parameter) == ("", "ukjent", "scheme_municipality")
    filled = with_value(blank, "municipality", "threshold", "3103", label={"nb": "Moss"})
    assert compile_ruleset(filled).requirements(ON)["municipality"] == "Virksomheten må ligge i Moss."
    [found] = compare_rulesets(blank, filled)
    assert found.sentence == "Kravet om kommune er endret fra ingenting til Moss."
