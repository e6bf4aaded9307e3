"""The property every export is held to: closures, exact fractions and the other engine say the same."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Protocol

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from runde.engine.rules import RuleError, Value, compile_ruleset
from runde.engine.rules.exporting import export_sql
from tests.engine.rules.conftest import ON
from tests.engine.rules.referee import CASES, Case, Expression, booleans, counts, money, shares
from tests.engine.rules.test_evaluators_agree import TRUTH, exact, rules_of, writable

CONDITIONS, NUMBERS = 8, 7
CASE_COUNT = int(os.environ.get("RUNDE_PROPERTY_CASES", "4500"))

ODD_TEXTS = ["O'Brien", "a\\b", "\\", "'", "''", "${env:HOME}", "%s", "{}", "$$", "Å\tB", "\\u0041"]
"""Texts that quoting, escapes or templates could take for something else."""

SPARE = Decimal("1.1")
"""Now and then a formula is refused, because it could need more digits than can be counted with."""

Row = Mapping[str, Any]


class Engine(Protocol):
    """Somebody else's database, holding the cases in a table of its own."""

    dialect: str
    table: str
    columns: Mapping[str, str]
    """Column name to the engine's own type; `number` is the case's place in the list."""

    def judge(self, query: str, cases: Sequence[Case]) -> Sequence[Row]: ...


def expressions() -> dict[str, st.SearchStrategy[Any]]:
    """Arguments for `@given`: conditions and numbers to write."""
    number = st.one_of(money(3), shares(2), counts(2))
    return {
        "conditions": st.lists(booleans(3), min_size=CONDITIONS, max_size=CONDITIONS),
        "numbers": st.lists(number, min_size=NUMBERS, max_size=NUMBERS),
    }


def cases(rows: int) -> st.SearchStrategy[list[Case]]:
    return st.lists(CASES, min_size=rows, max_size=rows)


def property_settings(rows: int) -> Any:
    """As many examples as it takes to try RUNDE_PROPERTY_CASES cases, though some formulas are left out."""
    return settings(
        max_examples=max(1, ceil(CASE_COUNT * SPARE / ((CONDITIONS + NUMBERS) * rows))),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def agree(
    engine: Engine, conditions: Sequence[Expression], numbers: Sequence[Expression], cases: Sequence[Case]
) -> int:
    """Fails unless all three give the same answer to every expression for every case.

    Gives how many answers were compared: formulas the engine's digits are too few for are refused when
    they are written, and left out here.
    """
    kept = exportable(engine, writable(conditions, number=False), number=False)
    amounts = exportable(engine, writable(numbers, number=True), number=True)
    compiled = compile_ruleset(rules_of(kept, amounts))
    query = export_sql(compiled, engine.dialect, engine.table, engine.columns, ON, carry=["number"])
    judged = {row["number"]: row for row in engine.judge(query, cases)}
    assert len(judged) == len(cases)
    for number, case in enumerate(cases):
        verdict = compiled.check({name: Value(value) for name, value in case.items()}, ON)
        row = judged[number]
        assert row["lane"] == verdict.lane
        for place, expression in enumerate(kept):
            expected = expression.value(case)
            assert TRUTH[verdict.criterion(f"rule_{place}").outcome] is expected, (expression, case)
            assert row[f"met_rule_{place}"] is expected, (expression, case)
            if f"gap_rule_{place}" in row:
                distance = verdict.criterion(f"rule_{place}").distance
                assert row[f"gap_rule_{place}"] == (distance.gap if distance else None), (expression, case)
        for place, expression in enumerate(amounts):
            expected = expression.value(case)
            assert exact(verdict.row(f"row_{place}").value) == expected, (expression, case)
            assert exact(row[f"row_row_{place}"]) == expected, (expression, case)
    return len(cases) * (len(kept) + len(amounts))


def exportable(engine: Engine, expressions: Sequence[Expression], number: bool) -> list[Expression]:
    """Leaves out the formulas the dialect refuses because they may need too many digits."""
    kept = []
    for expression in expressions:
        rules = rules_of([], [expression]) if number else rules_of([expression], [])
        try:
            export_sql(rules, engine.dialect, engine.table, engine.columns, ON)
        except RuleError as error:
            if {problem.code for problem in error.problems} != {"too_large"}:
                raise
        else:
            kept.append(expression)
    return kept
