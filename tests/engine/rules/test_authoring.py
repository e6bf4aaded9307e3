"""Parts added, altered and removed: checked whole each time, and refused when in use."""

import pytest

from runde.engine.rules import (
    AmountRow,
    CompiledRuleSet,
    Derived,
    Fact,
    Parameter,
    Reference,
    RuleError,
    RuleSet,
    Shape,
    Value,
    compile_ruleset,
    last_criterion,
    load_example,
    moved_criterion,
    new_criterion,
    references_in,
    sentence_parts,
    shape_from_typed,
    shape_of,
    text_warnings,
    users_of,
    with_amount_row,
    with_criterion,
    with_derived,
    with_fact,
    with_new_parameter,
    with_value,
    without_criterion,
    without_part,
)

from .conftest import FACTS, ON

RULES = load_example("smittevern", "3103", {"nb": "Moss"})
EMPLOYEES = Fact(
    "employees",
    "integer",
    "register",
    {"nb": "Ansatte", "nn": "Tilsette", "en": "Employees"},
    unit="employees",
)


def added(kind: str, name: str, typed: list[str], rules: RuleSet = RULES) -> RuleSet:
    return new_criterion(rules, shape_from_typed(rules, kind, name, typed), when_not_met="refuse")


def said(rules: RuleSet, language: str = "nb") -> str:
    sentences = compile_ruleset(rules).requirements(ON, language)
    return sentences[last_criterion(rules).slug].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "name", "typed", "nb", "nn", "en"),
    [
        (
            "at_least", "employees", ["5"], "Virksomheten må ha minst 5 ansatte.",
            "Verksemda må ha minst 5 tilsette.", "The business must have at least 5 employees.",
        ),
        (
            "between", "employees", ["1", "49"], "Virksomheten må ha fra 1 ansatt til 49 ansatte.",
            "Verksemda må ha frå 1 tilsett til 49 tilsette.",
            "The business must have from 1 employee to 49 employees.",
        ),
        (
            "more_than", "fixed_costs", ["5 000"], "Faste kostnader i perioden må være mer enn 5 000 kroner.",
            "Faste kostnader i perioden må vere meir enn 5 000 kroner.",
            "Fixed costs in the period must be more than NOK 5,000.",
        ),
        (
            "on_or_before", "registered_date", ["1.3.2026"],
            "Virksomheten må være registrert senest 1. mars 2026.",
            "Verksemda må vere registrert seinast 1. mars 2026.",
            "The business must have been registered no later than 1 March 2026.",
        ),
        (
            "industry", "nace_section", ["I, 79"],
            "Virksomheten må drive med overnatting og servering eller reisebyråer og reisearrangører.",
            "Verksemda må drive med overnatting og servering eller reisebyrå og reisearrangørar.",
            "The business must work in accommodation and food service or travel agencies and tour operators.",
        ),
        (
            "none_of", "legal_form", ["ENK", "ANS"], "Organisasjonsform kan ikke være ENK eller ANS.",
            "Organisasjonsform kan ikkje vere ENK eller ANS.", "Legal form must not be ENK or ANS.",
        ),
        (
            "is_false", "exceptional_circumstances", [],
            "Dette kan ikke stemme for virksomheten: Særlige forhold.",
            "Dette kan ikkje stemme for verksemda: Særlege tilhøve.",
            "This must not be true of the business: Exceptional circumstances.",
        ),
    ],
)  # fmt: skip
def test_a_new_criterion_says_itself_in_three_languages(
    kind: str, name: str, typed: list[str], nb: str, nn: str, en: str
) -> None:
    rules = added(kind, name, typed, with_fact(RULES, EMPLOYEES))
    assert [said(rules, language) for language in ("nb", "nn", "en")] == [nb, nn, en]
    assert text_warnings(rules) == ()
    assert f"criteria.{last_criterion(rules).slug}" not in " ".join(rules.missing_translations())


def test_every_shape_of_every_fact_gives_sentences_without_warnings() -> None:
    rules = RuleSet("x", "1", {"nb": "x"}, FACTS, ())
    typed = {
        "integer": ["1", "2"],
        "money": ["1", "2"],
        "share": ["1", "2"],
        "date": ["1.1.2026", "2.1.2026"],
    }
    from runde.engine.rules import shapes_for

    for fact in FACTS:
        for kind in shapes_for(fact.type):
            count = {"between": 2, "is_true": 0, "is_false": 0}.get(kind, 1)
            values = typed.get(fact.type, ["I", "S"])[:count]
            rules = new_criterion(
                rules, shape_from_typed(rules, kind, fact.name, values), when_not_met="refer"
            )
    assert text_warnings(rules) == ()
    assert len(rules.criteria) == len({one.slug for one in rules.criteria}) > 25
    verdict = compile_ruleset(rules).check({"employees": Value(0)}, ON)
    for result in verdict.criteria:
        assert result.texts["nb"]["reason"].endswith(".")


def test_one_municipality_becomes_a_parameter_with_its_name() -> None:
    shape = Shape("equals", "municipality", ("3107",))
    rules = new_criterion(RULES, shape, when_not_met="refer", labels={"3107": {"nb": "Fredrikstad"}})
    assert said(rules) == "Virksomheten må ligge i Fredrikstad."
    assert last_criterion(rules).expression == "municipality = municipality_equals_value"
    assert last_criterion(rules).when_not_met == "refer"


def test_several_municipalities_are_a_list_that_can_be_edited() -> None:
    labels = {"3103": {"nb": "Moss"}, "3107": {"nb": "Fredrikstad"}}
    shape = Shape("one_of", "municipality", ("3103", "3107"))
    rules = new_criterion(RULES, shape, when_not_met="refuse", labels=labels)
    assert said(rules) == "Virksomheten må ligge i Moss eller Fredrikstad."
    slug = last_criterion(rules).slug
    rules = with_value(rules, slug, "list", "3103, 3001", labels={"3001": {"nb": "Halden"}})
    assert said(rules) == "Virksomheten må ligge i Moss eller Halden."
    assert len(sentence_parts(rules, slug, ON)) == 3


def test_an_industry_code_keeps_its_name_in_the_sentence() -> None:
    shape = Shape("industry", "nace_section", ("F", "55"))
    rules = new_criterion(RULES, shape, when_not_met="refuse", labels={"55": {"nb": "overnatting"}})
    assert said(rules) == "Virksomheten må drive med bygge- og anleggsvirksomhet eller overnatting."


def test_a_changed_shape_brings_its_own_sentences() -> None:
    rules = with_criterion(
        RULES, "revenue_drop", shape=Shape("more_than", "revenue_drop", ("{required_drop}",))
    )
    sentence = compile_ruleset(rules).requirements(ON)["revenue_drop"].replace("\u00a0", " ")
    assert sentence == "Fall i omsetning må være mer enn 30 prosent."
    assert shape_of(rules, "revenue_drop") == Shape("more_than", "revenue_drop", ("{required_drop}",))


def test_outcome_reference_and_place_can_be_changed() -> None:
    rules = with_criterion(RULES, "revenue_drop", when_not_met="refuse", legal_reference="punkt 9")
    changed = next(one for one in rules.criteria if one.slug == "revenue_drop")
    assert (changed.when_not_met, changed.legal_reference) == ("refuse", "punkt 9")
    assert moved_criterion(RULES, "minimum_amount", 0).criteria[0].slug == "minimum_amount"
    assert len(without_criterion(RULES, "industry").criteria) == len(RULES.criteria) - 1


@pytest.mark.parametrize("change", [{"expression": "revenue_drop > 'x'"}, {"when_not_met": "perhaps"}])
def test_a_change_that_does_not_hold_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(RuleError):
        with_criterion(RULES, "revenue_drop", **change)


def test_a_row_goes_before_the_total_or_where_it_is_told() -> None:
    row = AmountRow("extra", "addition", "1000", {"nb": "Tillegg på {figure}"})
    names = [one.name for one in with_amount_row(RULES, row).amount]
    assert names[-2:] == ["extra", "grant_nok"]
    names = [one.name for one in with_amount_row(RULES, row, before="net").amount]
    assert names.index("extra") + 1 == names.index("net")
    total = AmountRow("grant_nok", "total", "ROUND_UP(capped, 100)", {"nb": "Tilskudd"})
    assert with_amount_row(RULES, total).amount[-1] == total
    with pytest.raises(RuleError) as error:
        with_amount_row(RULES, row, before="nett")
    assert error.value.first.suggestion == "net"


def test_what_is_in_use_cannot_vanish() -> None:
    for kind, name in (
        ("fact", "fixed_costs"), ("derived", "revenue_drop"), ("parameter", "ceiling"), ("amount", "net"),
    ):  # fmt: skip
        with pytest.raises(RuleError) as error:
            without_part(RULES, kind, name)
        assert error.value.first.code == "in_use"
    with pytest.raises(RuleError) as error:
        without_part(RULES, "fact", "fixed_costs")
    assert "raden «costs»" in error.value.first.message


def test_what_nobody_uses_can_be_removed() -> None:
    rules = with_fact(RULES, EMPLOYEES)
    assert users_of(rules, "fact", "employees") == ()
    assert without_part(rules, "fact", "employees") == RULES
    rules = with_new_parameter(RULES, Parameter("spare", "money", {"nb": "Til overs"}))
    assert without_part(rules, "parameter", "spare") == RULES
    rules = with_derived(RULES, Derived("double_costs", "fixed_costs * 2", {"nb": "Dobbelt"}))
    assert without_part(rules, "derived", "double_costs") == RULES
    with pytest.raises(RuleError) as error:
        without_part(RULES, "fact", "fixed_cost")
    assert error.value.first.suggestion == "fixed_costs"


def test_references_come_from_expressions_texts_and_rows(smittevern: CompiledRuleSet) -> None:
    found = references_in(smittevern)
    assert Reference("criterion", "revenue_drop", "parameter", "required_drop") in found
    assert Reference("criterion", "industry", "fact", "nace_section", "text") in found
    assert Reference("amount", "rounded", "amount", "capped", "applies_to") in found
    assert Reference("derived", "revenue_drop", "fact", "revenue_period") in found
    assert len(found) == len(set(found))
    users = [(one.from_kind, one.from_name) for one in users_of(smittevern, "derived", "revenue_drop")]
    assert users[0] == ("amount", "fall")
    assert ("criterion", "revenue_drop_floor") in users
