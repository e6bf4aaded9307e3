"""PostgreSQL says what closures and exact fractions say. RUNDE_PROPERTY_CASES sets how many cases are tried."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given

from tests.engine.rules.exporting.agreement import CASE_COUNT, agree, cases, expressions, property_settings
from tests.engine.rules.exporting.postgres_engine import PostgresEngine, postgres_engine
from tests.engine.rules.referee import Case, Expression, divided, fact, rounded
from tests.engine.rules.test_evaluators_agree import COLUMNS, quotients_on_the_edge

ROWS = 60


@pytest.fixture
def engine() -> Iterator[PostgresEngine]:
    with postgres_engine() as engine:
        yield engine


def test_postgres_agrees(engine: PostgresEngine) -> None:
    compared: list[int] = []

    @property_settings(ROWS)
    @given(**expressions(), cases=cases(ROWS))
    def agrees(conditions: list[Expression], numbers: list[Expression], cases: list[Case]) -> None:
        compared.append(agree(engine, conditions, numbers, cases))

    agrees()
    assert sum(compared) >= CASE_COUNT


@pytest.mark.parametrize("decimals", [0, 4, 8])
def test_division_is_exact_at_every_edge(engine: PostgresEngine, decimals: int) -> None:
    blank = dict.fromkeys(COLUMNS)
    rows = [blank | {"turnover": above, "before": below} for above, below in quotients_on_the_edge()]
    assert agree(engine, [], [divided(fact("turnover"), fact("before"), decimals, 9)], rows) == len(rows)


def test_the_comparison_can_fail(engine: PostgresEngine) -> None:
    case: Case = dict.fromkeys(COLUMNS) | {"turnover": Decimal("2.50")}
    halves = rounded(fact("turnover"), 0)
    assert agree(engine, [], [halves], [case]) == 1
    wrong = Expression(halves.text, lambda case: 2)
    with pytest.raises(AssertionError):
        agree(engine, [], [wrong], [case])
