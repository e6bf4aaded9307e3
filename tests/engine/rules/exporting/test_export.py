"""What the exported query promises beyond equal answers: refusals, quoting, and unknown that stays unknown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from runde.engine.rules import Criterion, RuleError, RuleSet, load_example
from runde.engine.rules.exporting import DIALECTS, expected_columns, export_sql
from tests.engine.rules.conftest import FACTS, ON, amount_of, one_rule
from tests.engine.rules.exporting.agreement import ODD_TEXTS
from tests.engine.rules.exporting.postgres_engine import PostgresEngine, postgres_engine

NUMBER = {"postgres": "numeric(15,2)", "spark": "decimal(15,2)"}
both = pytest.mark.parametrize("dialect", list(DIALECTS))


@pytest.fixture
def engine() -> Iterator[PostgresEngine]:
    with postgres_engine() as engine:
        yield engine


def first_problem(rules: RuleSet, dialect: str, columns: dict[str, str], table: str = "companies") -> str:
    with pytest.raises(RuleError) as error:
        export_sql(rules, dialect, table, columns, ON)
    return error.value.first.code


@both
@pytest.mark.parametrize("declared", ["double precision", "double", "real", "money", "json", "char(5)", ""])
def test_a_column_that_cannot_hold_the_fact_exactly_is_refused(dialect: str, declared: str) -> None:
    assert first_problem(one_rule("turnover >= 1"), dialect, {"turnover": declared}) == "wrong_column"


@both
@pytest.mark.parametrize("declared", ["char(5)", "citext", "string collate unicode_ci", "integer"])
def test_text_that_would_be_compared_in_another_way_is_refused(dialect: str, declared: str) -> None:
    assert first_problem(one_rule("place = 'Moss'"), dialect, {"place": declared}) == "wrong_column"


@both
@pytest.mark.parametrize("table", ["", "a b", "a;drop", 'a"b', "a`b", "${env:HOME}", "a..b", "1a", "a.b c"])
def test_a_table_with_a_hostile_name_is_refused(dialect: str, table: str) -> None:
    assert first_problem(one_rule("turnover >= 1"), dialect, {}, table) == "name"


def test_another_engine_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(RuleError) as error:
        export_sql(one_rule("turnover >= 1"), "postgress", "companies", {}, ON)
    assert error.value.first.suggestion == "postgres"


def test_a_formula_spark_has_too_few_digits_for_is_refused_and_postgres_takes_it() -> None:
    rules = amount_of("ROUND(turnover * share * share * share * 12, 2)")
    assert "numeric" in export_sql(rules, "postgres", "companies", {}, ON)
    with pytest.raises(RuleError) as error:
        export_sql(rules, "spark", "companies", {}, ON)
    assert [(one.code, one.where) for one in error.value.problems] == [
        ("too_large", "amount.total.expression")
    ]


def test_names_postgres_would_cut_are_refused() -> None:
    slug = "a" * 60
    texts = {"requirement": {"nb": "Krav."}, "not_met": {"nb": "Nei."}}
    rules = RuleSet("lang", "1", {"nb": "Lang"}, FACTS, (Criterion(slug, "turnover >= 1", texts),))
    assert first_problem(rules, "postgres", {}) == "name"
    assert f"met_{slug}" in export_sql(rules, "spark", "companies", {}, ON)


@both
def test_no_number_is_left_to_the_engine_to_guess(dialect: str) -> None:
    rules = load_example("smittevern", "3103", {"nb": "Moss"})
    query = export_sql(rules, dialect, "companies", expected_columns(rules, dialect), ON)
    assert "0.85" not in query.replace("CAST('0.85' AS", "")
    assert " / " not in query
    assert "DOUBLE" not in query.upper()


@both
def test_the_example_takes_the_columns_it_asks_for(dialect: str) -> None:
    rules = load_example("smittevern", "3103", {"nb": "Moss"})
    columns = expected_columns(rules, dialect)
    assert columns["fixed_costs"] == NUMBER[dialect]
    assert "exceptional_circumstances" not in columns
    assert export_sql(rules, dialect, "companies", columns, ON)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_a_text_means_itself(engine: PostgresEngine, text: str) -> None:
    written = text.replace("'", "''")
    query = export_sql(one_rule(f"place = '{written}'"), "postgres", "cases", engine.columns, ON)
    case = dict.fromkeys(name for name in engine.columns if name != "number")
    rows = engine.judge(query, [case | {"place": text}, case | {"place": text + "x"}])
    assert [row["met_rule"] for row in rows] == [True, False]


def test_what_is_missing_is_unknown(engine: PostgresEngine) -> None:
    rules = one_rule("LEAST(turnover, 5) >= 1")
    case = dict.fromkeys(name for name in engine.columns if name != "number")
    rows = engine.judge(export_sql(rules, "postgres", "cases", engine.columns, ON), [case])
    assert (rows[0]["met_rule"], rows[0]["lane"]) == (None, "yellow")


def test_figures_that_are_none_are_unknown(engine: PostgresEngine) -> None:
    rules = one_rule("before >= -99999999")
    query = export_sql(rules, "postgres", "cases", engine.columns, ON)
    case = dict.fromkeys(name for name in engine.columns if name != "number")
    odd = ["NaN", "Infinity", "-Infinity", "0.001", "10000000000000", "-5.00"]
    rows = engine.judge(query, [case | {"before": Decimal(value)} for value in odd])
    assert [row["met_rule"] for row in rows] == [None, None, None, None, None, True]


def test_a_column_that_is_not_there_is_unknown_for_everyone(engine: PostgresEngine) -> None:
    query = export_sql(one_rule("turnover >= 0"), "postgres", "cases", {"number": "integer"}, ON)
    case = dict.fromkeys(name for name in engine.columns if name != "number")
    rows = engine.judge(query, [case | {"turnover": Decimal(1)}])
    assert rows[0]["met_rule"] is None


def test_the_query_grows_no_faster_than_the_rule() -> None:
    deep = "turnover"
    for _ in range(6):
        deep = f"LEAST(GREATEST({deep}, before), 1000)"
    shallow = len(export_sql(amount_of("LEAST(GREATEST(turnover, before), 1000)"), "spark", "t", {}, ON))
    assert len(export_sql(amount_of(deep), "spark", "t", {}, ON)) < 8 * shallow
