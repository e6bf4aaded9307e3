"""One meaning: closures, DuckDB and exact fractions give the same answer to every case.

RUNDE_PROPERTY_CASES sets how many cases (an expression times a row of facts) are tried.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from runde.engine.rules import (
    AmountRow,
    Criterion,
    RuleError,
    RuleSet,
    Value,
    arithmetic,  # the one part swapped to prove that the test can fail
    check_relation,
    compile_ruleset,
    open_connection,
    register_query,
)

from .conftest import FACTS, ON
from .referee import CASES, Case, Expression, booleans, counts, divided, fact, money, rounded, shares

EXPRESSIONS, ROWS = 15, 30
EXAMPLES = max(1, int(os.environ.get("RUNDE_PROPERTY_CASES", "4500")) // (EXPRESSIONS * ROWS))

COLUMNS = {
    "employees": "BIGINT",
    "turnover": "DECIMAL(18,2)",
    "before": "DECIMAL(38,2)",
    "share": "DECIMAL(9,4)",
    "founded": "DATE",
    "bankrupt": "BOOLEAN",
    "place": "VARCHAR",
    "section": "VARCHAR",
    "tags": "VARCHAR[]",
}

TEXTS = {"requirement": {"nb": "Krav."}, "not_met": {"nb": "Ikke oppfylt."}}


@contextmanager
def cases_table() -> Iterator[duckdb.DuckDBPyConnection]:
    with open_connection(threads=1) as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"CREATE TABLE cases (number INTEGER, {columns})")
        yield connection


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with cases_table() as connection:
        yield connection


def fill(connection: duckdb.DuckDBPyConnection, cases: Sequence[Case]) -> None:
    connection.execute("DELETE FROM cases")
    marks = ", ".join(["?"] * (len(COLUMNS) + 1))
    rows = [[number, *(listed(case[name]) for name in COLUMNS)] for number, case in enumerate(cases)]
    connection.executemany(f"INSERT INTO cases VALUES ({marks})", rows)


def listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def rules_of(expressions: Sequence[Expression], numbers: Sequence[Expression]) -> RuleSet:
    criteria = tuple(
        Criterion(f"rule_{place}", expression.text, TEXTS) for place, expression in enumerate(expressions)
    )
    rows = tuple(
        AmountRow(f"row_{place}", "subtotal", expression.text, {"nb": "Rad"})
        for place, expression in enumerate(numbers)
    )
    total = AmountRow("row_total", "total", "0", {"nb": "Sum"})
    return RuleSet("tilfeldig", "1", {"nb": "Tilfeldig"}, FACTS, criteria, amount=(*rows, total))


def writable(expressions: Sequence[Expression], number: bool) -> list[Expression]:
    """Leaves out the formulas that are refused because their figures could grow too large."""
    kept = []
    for expression in expressions:
        rules = rules_of([], [expression]) if number else rules_of([expression], [])
        try:
            compile_ruleset(rules)
        except RuleError as error:
            if {problem.code for problem in error.problems} != {"too_large"}:
                raise
        else:
            kept.append(expression)
    return kept


TRUTH = {"met": True, "not_met": False, "unknown": None}


def exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def agree(
    connection: duckdb.DuckDBPyConnection,
    conditions: list[Expression],
    numbers: list[Expression],
    cases: Sequence[Case],
) -> None:
    """Fails unless all three give the same answer to every expression for every case."""
    conditions, numbers = writable(conditions, number=False), writable(numbers, number=True)
    compiled = compile_ruleset(rules_of(conditions, numbers))
    fill(connection, cases)
    query = register_query(compiled, "cases", COLUMNS | {"number": "INTEGER"}, ON, carry=["number"])
    relation = connection.sql(query)
    bulk = {row[0]: dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()}
    for number, case in enumerate(cases):
        verdict = compiled.check({name: Value(value) for name, value in case.items()}, ON)
        row = bulk[number]
        assert row["lane"] == verdict.lane
        for place, expression in enumerate(conditions):
            expected = expression.value(case)
            assert TRUTH[verdict.criterion(f"rule_{place}").outcome] is expected, (expression, case)
            assert row[f"met_rule_{place}"] is expected, (expression, case)
            if f"gap_rule_{place}" in row:
                distance = verdict.criterion(f"rule_{place}").distance
                assert row[f"gap_rule_{place}"] == (distance.gap if distance else None), (expression, case)
        for place, expression in enumerate(numbers):
            expected = expression.value(case)
            assert exact(verdict.row(f"row_{place}").value) == expected, (expression, case)
            assert exact(row[f"row_row_{place}"]) == expected, (expression, case)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # the message names the expression and the case; shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(
    conditions=st.lists(booleans(3), min_size=8, max_size=8),
    numbers=st.lists(st.one_of(money(3), shares(2), counts(2)), min_size=7, max_size=7),
    cases=st.lists(CASES, min_size=ROWS, max_size=ROWS),
)
def test_closures_duckdb_and_fractions_agree(
    conditions: list[Expression], numbers: list[Expression], cases: list[Case]
) -> None:
    with cases_table() as connection:
        agree(connection, conditions, numbers, cases)


def test_the_comparison_can_fail(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    case: Case = dict.fromkeys(COLUMNS) | {"turnover": Decimal("2.50")}
    halves = [rounded(fact("turnover"), 0)]
    agree(connection, [], halves, [case])
    monkeypatch.setattr(arithmetic, "half_away", lambda top, bottom: top // bottom)
    with pytest.raises(AssertionError):
        agree(connection, [], halves, [case])


def quotients_on_the_edge() -> list[tuple[Decimal, Decimal]]:
    """Numerators just below, on and just above a half, for small and very large quotients."""
    øre, limit = Decimal("0.01"), Decimal("9999999999999.99")
    halves = [Decimal(text) for text in ("0.00005", "0.29995", "1.00005", "12345.67895", "999999999.99995")]
    pairs = [
        ((sign * below * half).quantize(øre) + step * øre, below)
        for below in map(Decimal, ("0.01", "0.02", "3", "7", "200", "1234567.80", "-200", "9999999999999.98"))
        for half in halves
        for sign in (1, -1)
        for step in (-1, 0, 1)
    ]
    return [(above, below) for above, below in pairs if abs(above) <= limit]


@pytest.mark.parametrize("decimals", [0, 4, 5, 8])
def test_division_is_exact_at_every_edge(connection: duckdb.DuckDBPyConnection, decimals: int) -> None:
    blank = dict.fromkeys(COLUMNS)
    cases = [blank | {"turnover": above, "before": below} for above, below in quotients_on_the_edge()]
    quotient = divided(fact("turnover"), fact("before"), decimals, 9)
    agree(connection, [], [quotient], cases)


def test_values_that_do_not_fit_are_unknown_on_both_paths() -> None:
    rules = RuleSet("grense", "1", {"nb": "Grense"}, FACTS, (Criterion("known", "turnover >= -1", TEXTS),))
    compiled = compile_ruleset(rules)
    connection = open_connection(threads=1)
    connection.execute("CREATE TABLE wide (turnover DECIMAL(38,4))")
    values = ["9999999999999.99", "10000000000000", "0.3050", "0.3001", "-1.00", "-1.0001"]
    connection.executemany("INSERT INTO wide VALUES (?)", [[Decimal(value)] for value in values])
    bulk = [row[0] for row in check_relation(connection, rules, "wide", ON).project("met_known").fetchall()]
    single = [
        TRUTH[compiled.check({"turnover": Value(Decimal(value))}, ON).criterion("known").outcome]
        for value in values
    ]
    assert single == bulk == [True, None, None, None, True, None]


def test_a_column_of_binary_floats_is_refused() -> None:
    connection = open_connection(threads=1)
    connection.execute("CREATE TABLE rough (turnover DOUBLE)")
    rules = RuleSet("grense", "1", {"nb": "Grense"}, FACTS, (Criterion("known", "turnover >= -1", TEXTS),))
    with pytest.raises(RuleError) as error:
        check_relation(connection, rules, "rough", ON)
    assert error.value.first.code == "wrong_column"


def test_a_fact_without_a_column_is_unknown_for_everyone() -> None:
    connection = open_connection(threads=1)
    connection.execute("CREATE TABLE thin AS SELECT 1 AS orgnr UNION ALL SELECT 2")
    rules = RuleSet("tynn", "1", {"nb": "Tynn"}, FACTS, (Criterion("known", "turnover >= 0", TEXTS),))
    rows = check_relation(connection, rules, "thin", date(2026, 1, 1), carry=["orgnr"]).fetchall()
    assert sorted(rows) == [(1, "yellow", None, None, None), (2, "yellow", None, None, None)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/runde-should-not-exist.csv'",
        "ATTACH '/tmp/runde-should-not-exist.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ],
)
def test_the_bulk_connection_reaches_nothing_outside(query: str) -> None:
    with pytest.raises(duckdb.Error):
        open_connection().execute(query)
