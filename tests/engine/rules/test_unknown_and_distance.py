"""Missing facts, distances to the limit, and the language functions one by one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from runde.engine.rules import (
    AmountRow,
    Criterion,
    DatedValue,
    Parameter,
    RuleError,
    RuleSet,
    Value,
    compile_ruleset,
)

from .conftest import FACTS, ON, amount_of, one_rule

Outcome = Callable[..., str]


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        ("turnover > 5", {}, "unknown"),
        ("LEAST(turnover, 5) > 1", {}, "unknown"),
        ("GREATEST(turnover, 5) > 1", {}, "unknown"),
        ("DIVIDE(turnover, before, 2) > 1", {"turnover": Decimal(1), "before": Decimal(0)}, "unknown"),
        ("bankrupt OR turnover > 5", {"bankrupt": True}, "met"),
        ("bankrupt AND turnover > 5", {"bankrupt": False}, "not_met"),
        ("bankrupt AND turnover > 5", {"bankrupt": True}, "unknown"),
        ("NOT (turnover > 5)", {}, "unknown"),
        ("section IN ('I')", {}, "unknown"),
        ("section NOT IN ('I')", {}, "unknown"),
        ("place = 'Moss'", {"place": ""}, "unknown"),
        ("HAS_ANY(tags, 'a')", {"tags": ()}, "not_met"),
        ("CASE WHEN bankrupt THEN TRUE ELSE TRUE END", {}, "unknown"),
        ("CASE WHEN bankrupt THEN turnover ELSE 1 END > 0", {"bankrupt": False}, "met"),
        ("COALESCE(turnover, 0) >= 0", {}, "met"),
        ("share >= 0.30", {"share": Decimal("0.3")}, "met"),
        ("share >= 0.30", {"share": Decimal("0.2999")}, "not_met"),
        ("share >= 0.30", {"share": Decimal("0.29999")}, "unknown"),
        ("DAYS_BETWEEN(founded, DATE '2026-03-01') >= 365", {"founded": date(2025, 3, 1)}, "met"),
        ("DAYS_BETWEEN(founded, DATE '2026-03-01') >= 365", {"founded": date(2025, 3, 2)}, "not_met"),
    ],
)
def test_unknown_is_never_taken_as_no(
    outcome: Outcome, expression: str, facts: dict[str, object], expected: str
) -> None:
    assert outcome(expression, **facts) == expected


@pytest.mark.parametrize(
    ("expression", "turnover", "expected"),
    [
        ("ROUND_DOWN(turnover, 100)", "199.99", "100"),
        ("ROUND_DOWN(turnover, 100)", "-0.01", "-100"),
        ("ROUND_UP(turnover, 100)", "100.01", "200"),
        ("ROUND_UP(turnover, 100)", "-199.99", "-100"),
        ("ROUND_NEAREST(turnover, 100)", "150", "200"),
        ("ROUND_NEAREST(turnover, 100)", "-150", "-200"),
        ("ROUND_NEAREST(turnover, 100)", "149.99", "100"),
        ("ROUND(turnover, 0)", "2.5", "3"),
        ("ROUND(turnover, 0)", "-2.5", "-3"),
        ("ROUND(turnover, 1)", "0.05", "0.1"),
        ("DIVIDE(turnover, 3, 2)", "10", "3.33"),
        ("DIVIDE(turnover, 8, 2)", "1", "0.13"),
        ("DIVIDE(turnover, -8, 2)", "1", "-0.13"),
        ("turnover * 0", "-5", "0"),
    ],
)
def test_rounding_is_named_and_exact(expression: str, turnover: str, expected: str) -> None:
    verdict = compile_ruleset(amount_of(expression)).check({"turnover": Value(Decimal(turnover))}, ON)
    assert verdict.amount_nok == Decimal(expected)
    assert verdict.amount_nok != 0 or not verdict.amount_nok.is_signed()


@pytest.mark.parametrize(
    ("expression", "facts", "sentences"),
    [
        ("share >= 0.30", {"share": "0.264"}, ("mangler 3,6 prosentpoeng", "manglar 3,6 prosentpoeng")),
        ("share >= 0.30", {"share": "0.2999"}, ("mangler 0,01 prosentpoeng", "manglar 0,01 prosentpoeng")),
        ("share <= 0.5", {"share": "0.62"}, ("12 prosentpoeng for mye", "12 prosentpoeng for mykje")),
        ("employees >= 1", {"employees": 0}, ("1 ansatt for lite", "1 tilsett for lite")),
        ("employees > 4", {"employees": 2}, ("3 ansatte for få", "3 tilsette for få")),
        ("employees < 250", {"employees": 250}, ("1 ansatt for mye", "1 tilsett for mykje")),
        ("250 > employees", {"employees": 260}, ("11 ansatte for mange", "11 tilsette for mange")),
        ("turnover >= 50000", {"turnover": "38000"}, ("mangler 12 000 kroner", "manglar 12 000 kroner")),
        ("turnover <= 50000", {"turnover": "50000.5"}, ("0,50 kroner for mye", "0,50 kroner for mykje")),
        ("turnover > 50000", {"turnover": "50000"}, ("akkurat på grensen", "akkurat på grensa")),
        (
            "founded <= DATE '2026-03-01'",
            {"founded": date(2026, 3, 18)},
            ("17 dager for sent", "17 dagar for seint"),
        ),
        (
            "founded > DATE '2026-03-01'",
            {"founded": date(2026, 3, 1)},
            ("1 dag for tidlig", "1 dag for tidleg"),
        ),
        ("NOT (share < 0.30)", {"share": "0.25"}, ("mangler 5 prosentpoeng", "manglar 5 prosentpoeng")),
        (
            "employees BETWEEN 1 AND 10",
            {"employees": 12},
            ("2 ansatte for mange", "2 tilsette for mange"),
        ),
    ],
)
def test_distances_are_told_in_words(
    expression: str, facts: dict[str, object], sentences: tuple[str, str]
) -> None:
    values = {
        name: Value(Decimal(value) if isinstance(value, str) else value)  # type: ignore[arg-type]
        for name, value in facts.items()
    }
    result = compile_ruleset(one_rule(expression)).check(values, ON).criterion("rule")
    [distance] = result.distances
    spoken = tuple(distance.sentence(language).replace("\u00a0", " ") for language in ("nb", "nn"))
    assert spoken == sentences
    assert distance.sentence("en")


def test_only_the_parts_that_fail_have_a_distance() -> None:
    rules = compile_ruleset(one_rule("employees >= 5 AND turnover >= 100 AND place = 'Moss'"))
    values = {"employees": Value(3), "turnover": Value(Decimal(200)), "place": Value("Horten")}
    result = rules.check(values, ON).criterion("rule")
    assert [(one.name, one.gap) for one in result.distances] == [("employees", Decimal(2))]
    assert result.distance == result.distances[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("turnover", 0.3),
        ("turnover", "300"),
        ("employees", True),
        ("bankrupt", "nei"),
        ("bankrupt", 0),
        ("place", 3103),
        ("tags", "a"),
        ("founded", "2026-03-01"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_not_guessed(name: str, value: object) -> None:
    with pytest.raises(RuleError) as error:
        compile_ruleset(one_rule("bankrupt")).check({name: Value(value)}, ON)  # type: ignore[arg-type]
    assert (error.value.first.code, error.value.first.where) == ("wrong_value", name)


def test_values_too_large_or_not_finite_are_unknown() -> None:
    rules = compile_ruleset(one_rule("turnover >= 0"))
    for given in ("10000000000000", "NaN", "Infinity", "0.001"):
        result = rules.check({"turnover": Value(Decimal(given))}, ON).criterion("rule")
        assert [(one.name, one.why) for one in result.missing] == [("turnover", "out_of_range")]


def dated_rules() -> RuleSet:
    texts = {"requirement": {"nb": "Minst {threshold}."}, "not_met": {"nb": "Kravet er {lowest}."}}
    return RuleSet(
        "datert",
        "1",
        {"nb": "Datert"},
        FACTS,
        (
            Criterion("always", "share >= lowest", texts),
            Criterion("spring", "NOT bankrupt", texts_of("x"), valid_to=date(2026, 5, 31)),
        ),
        parameters=(
            Parameter(
                "lowest",
                "share",
                {"nb": "Grense"},
                (
                    DatedValue(Decimal("0.30"), date(2026, 1, 1), "vedtak 1"),
                    DatedValue(Decimal("0.25"), date(2026, 6, 1), "vedtak 2"),
                ),
            ),
        ),
        amount=(AmountRow("total", "total", "ROUND(turnover * lowest, 2)", {"nb": "Sum"}),),
    )


def texts_of(text: str) -> dict[str, dict[str, str]]:
    return {"requirement": {"nb": text}, "not_met": {"nb": text}}


def test_figures_and_criteria_follow_the_day() -> None:
    rules = compile_ruleset(dated_rules())
    values = {
        "share": Value(Decimal("0.27")),
        "bankrupt": Value(False),
        "turnover": Value(Decimal(100)),
    }
    spring, summer = rules.check(values, date(2026, 5, 31)), rules.check(values, date(2026, 6, 1))
    assert (spring.lane, [one.slug for one in spring.criteria]) == ("red", ["always", "spring"])
    assert (summer.lane, [one.slug for one in summer.criteria]) == ("green", ["always"])
    assert (spring.row("total").value, summer.amount_nok) == (Decimal(30), Decimal(25))
    assert rules.requirements(date(2026, 5, 31))["always"] == "Minst 30\u00a0prosent."
    assert rules.requirements(date(2026, 6, 1))["always"] == "Minst 25\u00a0prosent."


def test_a_day_before_the_first_figure_is_refused() -> None:
    with pytest.raises(RuleError) as error:
        compile_ruleset(dated_rules()).check({}, date(2025, 12, 31))
    assert error.value.first.code == "parameter_value"


def test_a_case_whose_amount_is_unknown_is_never_ready() -> None:
    rules = compile_ruleset(dated_rules())
    values = {"share": Value(Decimal("0.5")), "bankrupt": Value(False)}
    verdict = rules.check(values, date(2026, 7, 1))
    assert [result.outcome for result in verdict.criteria] == ["met"]
    assert (verdict.lane, verdict.amount_nok) == ("yellow", None)
    assert [one.name for one in verdict.amount_missing] == ["turnover"]
    assert [one.name for one in verdict.missing] == ["turnover"]
