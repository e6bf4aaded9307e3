"""The worked scheme, as an adviser would check it by hand."""

import json
from datetime import date
from decimal import Decimal

import pytest

from runde.engine.rules import (
    CompiledRuleSet,
    RuleError,
    RuleSet,
    Value,
    Verdict,
    compile_ruleset,
    load_example,
)

from .conftest import ON


def changed(cafe: dict[str, Value], **facts: object) -> dict[str, Value]:
    return cafe | {name: Value(value) for name, value in facts.items()}  # type: ignore[arg-type]


def test_the_worked_example_gives_117_400_kroner(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    verdict = smittevern.check(cafe, ON)
    assert verdict.lane == "green"
    assert verdict.amount_nok == Decimal(117_400)
    assert [result.outcome for result in verdict.criteria] == ["met"] * 8


def test_the_letter_shows_the_same_five_lines_as_the_calculation(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    rows = [row for row in smittevern.check(cafe, ON).rows if row.applied and not row.audit_only]
    lines = [
        (row.texts["nb"]["label"], row.texts["nb"]["workings"], row.texts["nb"]["shown"]) for row in rows
    ]
    assert [tuple(text.replace("\u00a0", " ") for text in line) for line in lines] == [
        ("Faste kostnader dere oppga", "", "320 000 kroner"),
        ("Fall i omsetning", "", "45,0 prosent"),
        ("Vi dekker 85 prosent av kostnadene for fallet", "320 000 × 45,0 % × 85 %", "122 400 kroner"),
        ("Trekk for egenandel", "", "−5 000 kroner"),
        ("Tilskudd", "", "117 400 kroner"),
    ]


@pytest.mark.parametrize(
    ("revenue", "lane", "amount"),
    [
        ("700000.00", "green", Decimal(76_600)),  # exactly 30 per cent
        ("700049.99", "green", Decimal(76_600)),  # 29,995 rounds to 30,00 by the stated rounding
        ("700050.01", "yellow", Decimal(76_500)),  # 29,99
        ("800000.00", "yellow", Decimal(49_400)),  # exactly 20: discretion
        ("800050.01", "red", None),  # 19,99: refused
        ("1000000.00", "red", None),
        ("1200000.00", "red", None),  # revenue rose
    ],
)
def test_the_fall_in_revenue_decides_the_lane(
    smittevern: CompiledRuleSet, cafe: dict[str, Value], revenue: str, lane: str, amount: Decimal | None
) -> None:
    verdict = smittevern.check(changed(cafe, revenue_period=Decimal(revenue)), ON)
    assert (verdict.lane, verdict.amount_nok) == (lane, amount)


@pytest.mark.parametrize(
    ("fact", "value", "slug", "sentence"),
    [
        (
            "nace_section",
            "G",
            "industry",
            "Virksomheten er registrert med varehandel. Ordningen gjelder overnatting og servering, "
            "kultur, sport og fritid, annen tjenesteyting eller reisebyråer og reisearrangører.",
        ),
        ("municipality", "0301", "municipality", "Virksomheten ligger ikke i Moss."),
        ("bankrupt", True, "not_bankrupt", "Virksomheten er konkurs."),
        ("under_liquidation", True, "not_under_liquidation", "Virksomheten er under avvikling."),
        (
            "registered_date",
            date(2026, 3, 17),
            "registered_before",
            "Virksomheten ble registrert 17. mars 2026. Kravet er før 1. mars 2026, så det er 17 dager for sent.",
        ),
    ],
)
def test_each_refusal_says_why(
    smittevern: CompiledRuleSet,
    cafe: dict[str, Value],
    fact: str,
    value: object,
    slug: str,
    sentence: str,
) -> None:
    verdict = smittevern.check(changed(cafe, **{fact: value}), ON)
    assert verdict.lane == "red"
    assert verdict.amount_nok is None
    assert [result.slug for result in verdict.not_met] == [slug]
    assert verdict.criterion(slug).texts["nb"]["reason"].replace("\u00a0", " ") == sentence


def test_travel_agencies_are_in_by_their_industry_code(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    verdict = smittevern.check(changed(cafe, nace_section="O", nace_code="79.110"), ON)
    assert verdict.criterion("industry").outcome == "met"


@pytest.mark.parametrize(
    "fact", ["nace_section", "municipality", "bankrupt", "under_liquidation", "registered_date"]
)
def test_a_missing_register_fact_is_never_taken_as_no(
    smittevern: CompiledRuleSet, cafe: dict[str, Value], fact: str
) -> None:
    verdict = smittevern.check({name: value for name, value in cafe.items() if name != fact}, ON)
    assert verdict.lane == "yellow"
    assert [one.name for one in verdict.missing] == [fact]


def test_a_missing_answer_leaves_the_amount_unknown_and_is_asked_for(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    verdict = smittevern.check(changed(cafe, fixed_costs=None), ON)
    assert (verdict.lane, verdict.amount_nok) == ("yellow", None)
    assert verdict.row("covered").value is None
    [missing] = verdict.missing
    assert missing.question["nb"] == "Hvor store faste kostnader hadde virksomheten i perioden?"
    assert (
        verdict.criterion("minimum_amount").texts["nn"]["reason"] == "Vi manglar faste kostnader i perioden."
    )


def test_no_revenue_to_compare_with_is_unknown_and_says_so(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    verdict = smittevern.check(changed(cafe, revenue_comparison=Decimal(0)), ON)
    assert verdict.lane == "yellow"
    assert [(one.name, one.why) for one in verdict.missing] == [("revenue_comparison", "division_by_zero")]
    assert verdict.criterion("revenue_drop").texts["nb"]["reason"] == (
        "Vi kan ikke regne ut dette, fordi omsetning i samme periode året før er 0."
    )


def test_the_cap_shows_only_when_it_binds(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    capped = smittevern.check(changed(cafe, fixed_costs=Decimal(9_000_000)), ON)
    assert capped.amount_nok == Decimal(500_000)
    assert capped.row("capped").applied is True
    assert smittevern.check(cafe, ON).row("capped").applied is False


def test_a_grant_below_the_smallest_is_refused_with_its_distance(
    smittevern: CompiledRuleSet, cafe: dict[str, Value]
) -> None:
    verdict = smittevern.check(changed(cafe, fixed_costs=Decimal(24_000)), ON)
    assert verdict.lane == "red"
    result = verdict.criterion("minimum_amount")
    assert [distance.sentence("nb").replace("\u00a0", " ") for distance in result.distances] == [
        "mangler 900 kroner"
    ]


def test_values_carry_where_they_come_from(smittevern: CompiledRuleSet, cafe: dict[str, Value]) -> None:
    values = {value.name: value for value in smittevern.check(cafe, ON).criterion("revenue_drop").values}
    assert list(values) == ["revenue_drop", "revenue_comparison", "revenue_period"]
    assert values["revenue_period"].source == "søknaden"
    assert values["revenue_period"].as_of == date(2026, 11, 12)
    assert values["revenue_period"].private is True
    assert values["revenue_drop"].derived is True
    assert values["revenue_drop"].shown("nn") == "45,0\u00a0prosent"


@pytest.mark.parametrize("facts", [{}, {"fixed_costs": None}, {"registered_date": date(2026, 4, 1)}])
def test_a_verdict_survives_storage(
    smittevern: CompiledRuleSet, cafe: dict[str, Value], facts: dict[str, object]
) -> None:
    verdict = smittevern.check(changed(cafe, **facts), ON)
    stored = json.loads(json.dumps(verdict.to_dict()))
    read = Verdict.from_dict(stored)
    assert read.to_dict() == verdict.to_dict()
    assert read.amount_nok == verdict.amount_nok
    assert [value for result in read.criteria for value in result.values] == [
        value for result in verdict.criteria for value in result.values
    ]


def test_the_rule_set_survives_storage_with_the_same_digest(smittevern: CompiledRuleSet) -> None:
    stored = json.loads(json.dumps(smittevern.ruleset.to_dict()))
    assert RuleSet.from_dict(stored) == smittevern.ruleset
    assert RuleSet.from_dict(stored).digest == smittevern.digest


def test_the_digest_changes_with_a_figure() -> None:
    rules = load_example("smittevern", "3103")
    assert rules.with_parameter("required_drop", Decimal("0.25")).digest != rules.digest


def test_the_example_is_translated_whole() -> None:
    assert load_example("smittevern").missing_translations() == ()


def test_the_public_sentence_follows_the_rule(smittevern: CompiledRuleSet) -> None:
    lowered = compile_ruleset(smittevern.ruleset.with_parameter("required_drop", Decimal("0.25")))
    sentence = "Omsetningen må ha falt med minst 25\u00a0prosent. Er fallet litt mindre, vurderer vi særlige forhold."
    assert lowered.requirements(ON)["revenue_drop"] == sentence


def test_a_scheme_without_its_municipality_does_not_run(cafe: dict[str, Value]) -> None:
    with pytest.raises(RuleError) as error:
        compile_ruleset(load_example("smittevern")).check(cafe, ON)
    assert error.value.first.where == "parameters.scheme_municipality"
