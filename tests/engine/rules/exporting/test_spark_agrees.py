"""Spark says what closures and exact fractions say, under every setting that changes its decimals.

Run by `make spark`: it needs Java and a download of half a gigabyte, so `make test` leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runde.engine.rules.exporting import export_sql
from tests.engine.rules.conftest import ON, one_rule
from tests.engine.rules.exporting.agreement import (
    CASE_COUNT,
    ODD_TEXTS,
    agree,
    cases,
    expressions,
    property_settings,
)
from tests.engine.rules.exporting.spark_engine import SparkEngine, spark_engine
from tests.engine.rules.referee import Case, Expression, divided, fact, rounded
from tests.engine.rules.test_evaluators_agree import COLUMNS, quotients_on_the_edge

pytestmark = pytest.mark.spark

ROWS = 100
SETTINGS = [(ansi, loss) for ansi in (True, False) for loss in (True, False)]


@pytest.fixture(scope="module")
def engine() -> Iterator[SparkEngine]:
    with spark_engine() as engine:
        yield engine


def test_spark_agrees(engine: SparkEngine) -> None:
    compared: list[int] = []

    @property_settings(ROWS)
    @given(**expressions(), cases=cases(ROWS), ansi=st.booleans(), precision_loss=st.booleans())
    def agrees(
        conditions: list[Expression],
        numbers: list[Expression],
        cases: list[Case],
        ansi: bool,
        precision_loss: bool,
    ) -> None:
        engine.set(ansi=ansi, precision_loss=precision_loss)
        compared.append(agree(engine, conditions, numbers, cases))

    agrees()
    assert sum(compared) >= CASE_COUNT


@pytest.mark.parametrize(("ansi", "precision_loss"), SETTINGS)
@pytest.mark.parametrize("decimals", [0, 4, 8])
def test_division_is_exact_at_every_edge(
    engine: SparkEngine, decimals: int, ansi: bool, precision_loss: bool
) -> None:
    engine.set(ansi=ansi, precision_loss=precision_loss)
    blank = dict.fromkeys(COLUMNS)
    rows = [blank | {"turnover": above, "before": below} for above, below in quotients_on_the_edge()]
    assert agree(engine, [], [divided(fact("turnover"), fact("before"), decimals, 9)], rows) == len(rows)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_a_text_means_itself(engine: SparkEngine, text: str) -> None:
    written = text.replace("'", "''")
    query = export_sql(one_rule(f"place = '{written}'"), "spark", "cases", engine.columns, ON)
    case = dict.fromkeys(COLUMNS)
    rows = engine.judge(query, [case | {"place": text}, case | {"place": text + "x"}])
    assert [row["met_rule"] for row in rows] == [True, False]


@pytest.mark.parametrize("ansi", [True, False])
def test_figures_that_do_not_fit_are_unknown(engine: SparkEngine, ansi: bool) -> None:
    engine.set(ansi=ansi)
    query = export_sql(one_rule("before >= -99999999"), "spark", "cases", engine.columns, ON)
    odd = ["99999999999999999999999999999999999.99", "10000000000000", "-10000000000000", "-5.00"]
    rows = engine.judge(query, [dict.fromkeys(COLUMNS) | {"before": Decimal(value)} for value in odd])
    assert [row["met_rule"] for row in rows] == [None, None, None, True]


def test_the_comparison_can_fail(engine: SparkEngine) -> None:
    case: Case = dict.fromkeys(COLUMNS) | {"turnover": Decimal("2.50")}
    halves = rounded(fact("turnover"), 0)
    assert agree(engine, [], [halves], [case]) == 1
    wrong = Expression(halves.text, lambda case: 2)
    with pytest.raises(AssertionError):
        agree(engine, [], [wrong], [case])
