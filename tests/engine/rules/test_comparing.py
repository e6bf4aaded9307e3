"""What differs between two versions, in words an adviser reads aloud."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from runde.engine.rules import (
    DatedValue,
    Derived,
    Fact,
    RuleSet,
    compare_rulesets,
    load_example,
    moved_criterion,
    new_criterion,
    shape_from_typed,
    with_amount_row,
    with_amount_value,
    with_criterion,
    with_derived,
    with_fact,
    with_value,
    without_criterion,
)

from .conftest import one_rule

RULES = load_example("smittevern", "3103", {"nb": "Moss"})
TEXTS = RULES.criteria[0].texts


def sentences(old: RuleSet, new: RuleSet, language: str = "nb") -> list[str]:
    return [one.sentence.replace("\u00a0", " ") for one in compare_rulesets(old, new, language)]


CHANGES: list[tuple[Callable[[RuleSet], RuleSet], list[str]]] = [
    (
        lambda rules: with_value(rules, "revenue_drop", "threshold", "25"),
        ["Kravet til fall i omsetning er senket fra 30 % til 25 %."],
    ),
    (
        lambda rules: with_value(rules, "registered_before", "threshold", "1.4.2026"),
        [
            "Kravet til «registrert i Enhetsregisteret» er flyttet til en senere dato: "
            "fra 1. mars 2026 til 1. april 2026."
        ],
    ),
    (
        lambda rules: with_value(rules, "industry", "list", "I, S, 79, F"),
        [
            "Kravet om næring gjelder nå også bygge- og anleggsvirksomhet.",
            "Kravet om næring gjelder ikke lenger annen tjenesteyting.",
        ],
    ),
    (
        lambda rules: with_value(rules, "municipality", "threshold", "3107", label={"nb": "Fredrikstad"}),
        ["Kravet om kommune er endret fra Moss til Fredrikstad."],
    ),
    (
        lambda rules: with_amount_value(rules, "capped", "ceiling", "600 000"),
        ["Høyeste tilskudd er hevet fra 500 000 kroner til 600 000 kroner."],
    ),
    (
        lambda rules: with_amount_value(rules, "rounded", "figure", "1 000"),
        ["Avrundingen er endret fra «ned til hele 100 kroner» til «ned til hele 1 000 kroner»."],
    ),
    (
        lambda rules: with_criterion(rules, "municipality", when_not_met="refer"),
        ["Kravet om kommune gir nå vurdering når det ikke er oppfylt. Før ble det avslag."],
    ),
    (
        lambda rules: with_criterion(rules, "municipality", legal_reference="punkt 9"),
        ["Regelen bak kravet om kommune er endret fra «Retningslinjene punkt 3 b» til «punkt 9»."],
    ),
    (
        lambda rules: with_criterion(rules, "municipality", valid_to=date(2026, 12, 31)),
        ["Tiden for kravet om kommune er endret fra ingenting til «til og med 31. desember 2026»."],
    ),
    (
        lambda rules: without_criterion(rules, "not_bankrupt"),
        ["Kravet er slettet: Virksomheten kan ikke være konkurs."],
    ),
    (
        lambda rules: new_criterion(
            rules, shape_from_typed(rules, "at_least", "fixed_costs", ["5 000"]), when_not_met="refuse"
        ),
        ["Nytt krav: Faste kostnader i perioden må være minst 5 000 kroner."],
    ),
    (
        lambda rules: with_criterion(rules, "minimum_amount", expression="grant_nok > smallest_grant"),
        [
            "Kravet «Det beregnede tilskuddet må være minst 5 000 kroner» er endret til "
            "«Det beregnede tilskuddet må være mer enn 5 000 kroner»."
        ],
    ),
    (
        lambda rules: with_criterion(rules, "not_bankrupt", expression="NOT (bankrupt OR bankrupt)"),
        ["Formelen for kravet «Virksomheten kan ikke være konkurs» er endret."],
    ),
    (
        lambda rules: with_derived(
            rules, replace(rules.derived[0], expression="DIVIDE(revenue_period, revenue_comparison, 4)")
        ),
        ["Formelen for «Fall i omsetning» er endret."],
    ),
    (
        lambda rules: with_amount_row(rules, replace(rules.amount[2], expression="costs * coverage_rate")),
        ["Formelen for raden «Vi dekker 85 prosent av kostnadene for fallet» er endret."],
    ),
    (
        lambda rules: with_fact(rules, replace(rules.facts[-2], private=False)),
        ["Opplysningen «Faste kostnader i perioden» er ikke lenger bare for saksbehandlere."],
    ),
    (
        lambda rules: with_fact(rules, Fact("employees", "integer", "register", {"nb": "Ansatte"})),
        ["Ny opplysning: Ansatte."],
    ),
    (lambda rules: replace(rules, title={**rules.title, "nn": "X"}), ["Navnet på regelsettet er endret på nynorsk."]),
    (lambda rules: rules, []),
    (lambda rules: moved_criterion(rules, "minimum_amount", 0), ["Kravene eller radene står i en annen rekkefølge."]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_each_change_is_one_sentence(change: Callable[[RuleSet], RuleSet], expected: list[str]) -> None:
    changed = change(RULES)
    assert sentences(RULES, changed) == expected
    back = compare_rulesets(changed, RULES)
    assert len(back) == len(expected)
    for language in ("nn", "en"):
        assert len(sentences(RULES, changed, language)) == len(expected)


def test_one_criterion_of_its_kind_is_named_by_what_it_looks_at() -> None:
    old = without_criterion(RULES, "revenue_drop_floor")
    new = with_value(old, "revenue_drop", "threshold", "25")
    assert sentences(old, new) == ["Kravet om fall i omsetning er senket fra 30 % til 25 %."]
    assert sentences(new, old, "nn") == ["Kravet om fall i omsetning er heva frå 25 % til 30 %."]
    assert sentences(old, new, "en") == ["The requirement on fall in revenue is lowered from 30% to 25%."]


def test_a_difference_is_data_with_a_direction() -> None:
    [found] = compare_rulesets(RULES, with_value(RULES, "revenue_drop", "threshold", "25"))
    assert (found.kind, found.part, found.name) == ("changed", "parameter", "required_drop")
    assert (found.before, found.after, found.direction) == ("30\u00a0%", "25\u00a0%", "lowered")
    assert found.to_dict()["direction"] == "lowered"


def test_a_figure_in_a_formula_without_shape_is_found() -> None:
    old = one_rule("turnover + before >= 1000 OR bankrupt")
    new = one_rule("turnover + before >= 2000 OR bankrupt")
    assert sentences(old, new) == ["Kravet «Krav» er hevet fra 1 000 kroner til 2 000 kroner."]


def test_other_dates_for_the_same_figure_are_told() -> None:
    parameter = RULES.parameters[2]
    dated = replace(parameter, values=(DatedValue(Decimal("0.30"), date(2026, 1, 1)),))
    new = replace(RULES, parameters=tuple(dated if one is parameter else one for one in RULES.parameters))
    assert sentences(RULES, new) == ["Kravet til fall i omsetning har fått andre datoer eller kilder."]


def test_a_text_shows_before_and_after() -> None:
    texts = {**TEXTS, "requirement": {**TEXTS["requirement"], "nn": "Verksemda må vere i {list}."}}
    [found] = compare_rulesets(RULES, with_criterion(RULES, "industry", texts=texts))
    assert found.sentence == "Teksten i kravet om næring er endret på nynorsk."
    assert (found.before, found.after) == (TEXTS["requirement"]["nn"], "Verksemda må vere i {list}.")


def test_a_derived_value_added_and_removed() -> None:
    new = with_derived(RULES, Derived("double_costs", "fixed_costs * 2", {"nb": "Dobbelt"}))
    assert sentences(RULES, new) == ["Ny utregnet verdi: Dobbelt."]
    assert sentences(new, RULES) == ["Den utregnede verdien er slettet: Dobbelt."]
