"""Criteria without syntax: shape and expression say the same, both ways."""

import pytest

from runde.engine.rules import (
    CompiledRuleSet,
    RuleError,
    RuleSet,
    Shape,
    compile_ruleset,
    expression_of,
    load_example,
    shape_from_typed,
    shape_of,
    shapes_for,
)

from .conftest import FACTS, one_rule

SMITTEVERN = load_example("smittevern", "3103", {"nb": "Moss"})

PAIRS = [
    ("section IN ('I', 'S')", Shape("one_of", "section", ("I", "S"))),
    ("section NOT IN ('I')", Shape("none_of", "section", ("I",))),
    ("place = 'Moss'", Shape("equals", "place", ("Moss",))),
    ("STARTS_WITH(place, 'Mo')", Shape("starts_with", "place", ("Mo",))),
    ("HAS_ANY(tags, 'a', 'b')", Shape("one_of", "tags", ("a", "b"))),
    ("place = 'Mo''ss'", Shape("equals", "place", ("Mo'ss",))),
    ("bankrupt", Shape("is_true", "bankrupt")),
    ("NOT bankrupt", Shape("is_false", "bankrupt")),
    ("share >= 0.30", Shape("at_least", "share", ("0.30",))),
    ("turnover > 50000", Shape("more_than", "turnover", ("50000",))),
    ("turnover <= -5", Shape("at_most", "turnover", ("-5",))),
    ("employees < 250", Shape("less_than", "employees", ("250",))),
    ("employees = 3", Shape("equals", "employees", ("3",))),
    ("employees BETWEEN 1 AND 49", Shape("between", "employees", ("1", "49"))),
    ("founded < DATE '2026-03-01'", Shape("before", "founded", ("2026-03-01",))),
    ("founded <= DATE '2026-03-01'", Shape("on_or_before", "founded", ("2026-03-01",))),
    ("founded > DATE '2026-03-01'", Shape("after", "founded", ("2026-03-01",))),
    ("founded >= DATE '2026-03-01'", Shape("on_or_after", "founded", ("2026-03-01",))),
    (
        "founded BETWEEN DATE '2020-01-01' AND DATE '2026-03-01'",
        Shape("between", "founded", ("2020-01-01", "2026-03-01")),
    ),
]


@pytest.mark.parametrize(("expression", "shape"), PAIRS)
def test_shape_and_expression_are_one(expression: str, shape: Shape) -> None:
    rules = one_rule(expression)
    assert shape_of(rules, "rule") == shape
    assert expression_of(shape, rules) == expression
    assert shape_of(compile_ruleset(rules), "rule") == shape


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("1 <= employees", "employees >= 1"),
        ("employees >= 1 AND employees <= 49", "employees BETWEEN 1 AND 49"),
        ("(bankrupt)", "bankrupt"),
        ("DATE '2026-03-01' > founded", "founded < DATE '2026-03-01'"),
    ],
)
def test_other_ways_of_writing_it_have_the_same_shape(expression: str, same: str) -> None:
    shape = shape_of(one_rule(expression), "rule")
    assert shape is not None
    assert expression_of(shape, one_rule(expression)) == same


@pytest.mark.parametrize(
    "expression",
    [
        "turnover + before > 1",
        "turnover > before",
        "employees >= 1 AND turnover > 1",
        "employees > 1 AND employees < 9",
        "bankrupt OR section = 'I'",
        "NOT (share < 0.3)",
        "place <> 'Moss'",
        "TRUE",
        "turnover > 2 * 3",
    ],
)
def test_the_rest_is_for_the_formula_view(expression: str) -> None:
    assert shape_of(one_rule(expression), "rule") is None


def test_every_criterion_of_the_example_has_a_shape(smittevern: CompiledRuleSet) -> None:
    for criterion in smittevern.ruleset.criteria:
        shape = shape_of(smittevern, criterion.slug)
        assert shape is not None
        assert expression_of(shape, smittevern) == criterion.expression
    assert shape_of(smittevern, "industry") == Shape("industry", "nace_section", ("I", "S", "T", "79"))
    assert shape_of(smittevern, "nowhere") is None


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (Shape("at_least", "nowhere", ("1",)), "unknown_name"),
        (Shape("at_least", "place", ("1",)), "shape"),
        (Shape("industry", "place", ("I",)), "shape"),
        (Shape("before", "turnover", ("2026-01-01",)), "shape"),
        (Shape("at_least", "turnover", ()), "shape"),
        (Shape("between", "turnover", ("1",)), "shape"),
        (Shape("one_of", "section", ()), "shape"),
        (Shape("at_least", "turnover", ("{nowhere}",)), "unknown_name"),
        (Shape("at_least", "turnover", ("1e999999999",)), "value"),
        (Shape("at_least", "turnover", ("1) OR (1 = 1",)), "value"),
        (Shape("before", "founded", ("i går",)), "value"),
    ],
)
def test_a_shape_that_says_nothing_is_refused(shape: Shape, code: str) -> None:
    with pytest.raises(RuleError) as error:
        expression_of(shape, one_rule("bankrupt"))
    assert error.value.first.code == code


def test_a_text_in_a_shape_stays_a_text() -> None:
    shape = Shape("equals", "place", ("x' OR 'a' = 'a",))
    expression = expression_of(shape, one_rule("bankrupt"))
    assert shape_of(one_rule(expression), "rule") == shape


@pytest.mark.parametrize(
    ("kind", "name", "typed", "expression"),
    [
        ("at_least", "revenue_drop", ["30,5 %"], "revenue_drop >= 0.305"),
        ("more_than", "fixed_costs", ["kr 5.000,-"], "fixed_costs > 5000"),
        ("before", "registered_date", ["1.3.2026"], "registered_date < DATE '2026-03-01'"),
        ("between", "fixed_costs", ["1 000", "2 000"], "fixed_costs BETWEEN 1000 AND 2000"),
        (
            "industry",
            "nace_code",
            ["I, 55.1"],
            "nace_section IN ('I') OR STARTS_WITH(nace_code, '55.1')",
        ),
        (
            "industry",
            "nace_section",
            ["kultur, sport og fritid", "reisebyråer og reisearrangører, 56.10"],
            "nace_section IN ('S') OR STARTS_WITH(nace_code, '79') OR STARTS_WITH(nace_code, '56.10')",
        ),
        ("industry", "nace_section", ["I, kaféer"], None),
        ("industry", "nace_section", ["I, 5610"], None),
        ("one_of", "nace_section", ["servering", "overnatting og servering"], None),
        ("at_least", "fixed_costs", ["mye"], None),
    ],
)
def test_what_is_typed_becomes_a_shape(
    kind: str, name: str, typed: list[str], expression: str | None
) -> None:
    if expression is None:
        with pytest.raises(RuleError) as error:
            shape_from_typed(SMITTEVERN, kind, name, typed, "nytt krav")
        assert error.value.first.where == "nytt krav"
    else:
        shape = shape_from_typed(SMITTEVERN, kind, name, typed)
        assert expression_of(shape, SMITTEVERN) == expression


def test_each_kind_offered_for_a_fact_can_be_written() -> None:
    values = {
        "text": ("x", "y"), "codes": ("x", "y"), "boolean": (), "date": ("2026-01-01", "2026-02-01"),
    }  # fmt: skip
    rules = RuleSet("x", "1", {"nb": "x"}, tuple(one for one in FACTS if one.name != "section"), ())
    for fact in rules.facts:
        for kind in shapes_for(fact.type):
            given = values.get(fact.type, ("1", "2"))
            shape = Shape(kind, fact.name, given if kind in ("between", "one_of", "none_of") else given[:1])
            assert shape_of(one_rule(expression_of(shape, rules)), "rule") == shape
    assert shapes_for("text", "nace_code")[0] == "industry"
