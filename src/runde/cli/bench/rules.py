"""The rules: one case beside hand-written Decimal code, the register beside hand-written NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from runde.engine.rules import RuleSet, Value, compile_ruleset, load_example
from runde.engine.rules.bulk import check_relation, open_connection

from .measuring import Figure, side_by_side

DAY = date(2026, 11, 23)
ROWS = 1_100_000
MUNICIPALITY = "3103"
CASES = 200


def single_case() -> list[Figure]:
    """One case with every value kept for the explanation, against a bare function that only answers."""
    compiled = compile_ruleset(_ruleset())
    cases = [_case(Random(number)) for number in range(CASES)]  # noqa: S311 - made-up data
    values = [{name: Value(value, "test", DAY) for name, value in case.items()} for case in cases]
    for case, facts in zip(cases, values, strict=True):
        _same_answer(case, compiled.check(facts, DAY).amount_nok)
    ours, rival = side_by_side(
        lambda: [compiled.check(facts, DAY) for facts in values],
        lambda: [_by_hand(case) for case in cases],
        passes=31,  # short ones: a neighbour on the machine may take several of them
    )
    microseconds = ours / CASES * 1e6
    return [
        Figure(
            "single-case-check",
            microseconds,
            "µs per case",
            ours / rival,
            "bare Decimal code, no reasons",
            "≤ 100 µs",
            microseconds <= 100,
        )
    ]


def register_check() -> list[Figure]:
    """1.1 million companies judged with reasons, against scaled integers in NumPy that only count and sum."""
    import numpy as np

    connection = open_connection(memory_limit="2GB")
    connection.execute(_TABLE.format(rows=ROWS))
    columns = connection.execute(_COLUMNS).fetchnumpy()
    relation = check_relation(connection, _ruleset(), "companies", DAY)
    totals = "count(*) FILTER (WHERE lane = 'green'), sum(amount_nok) FILTER (WHERE lane = 'green')"
    judged = relation.aggregate(totals)
    answers: dict[str, Any] = {}

    def ours() -> None:
        answers["ours"] = judged.fetchall()[0]

    def rival() -> None:
        answers["rival"] = _by_numpy(np, columns)

    our_time, rival_time = side_by_side(ours, rival)
    green, total = answers["ours"]
    if (int(green), int(total)) != answers["rival"]:
        raise AssertionError(f"DuckDB says {answers['ours']}, NumPy says {answers['rival']}")
    return [
        Figure(
            "register-check-1.1M",
            our_time * 1000,
            "ms",
            our_time / rival_time,
            "hand-written NumPy, scaled int64",
        )
    ]


def _ruleset() -> RuleSet:
    return load_example("smittevern", MUNICIPALITY, {"nb": "Moss", "nn": "Moss", "en": "Moss"})


def _case(chance: Random) -> dict[str, Any]:
    before = Decimal(chance.randrange(100, 4000) * 1000)
    return {
        "nace_section": chance.choice(["I", "S", "T", "G"]),
        "nace_code": chance.choice(["56.110", "79.110", "47.110"]),
        "municipality": chance.choice([MUNICIPALITY, MUNICIPALITY, "3107"]),
        "legal_form": "AS",
        "bankrupt": False,
        "under_liquidation": False,
        "registered_date": date(2020, 1, 1),
        "revenue_period": (before * Decimal(chance.randrange(0, 100)) / 100).quantize(Decimal(1)),
        "revenue_comparison": before,
        "fixed_costs": Decimal(chance.randrange(20, 900) * 1000),
        "exceptional_circumstances": False,
    }


def _by_hand(case: Mapping[str, Any]) -> Decimal | None:
    """The scheme as a programmer would write it straight off: the amount, or None when not ready."""
    before = case["revenue_comparison"]
    drop = ((before - case["revenue_period"]) / before).quantize(Decimal("0.0001"), "ROUND_HALF_UP")
    industry = case["nace_section"] in ("I", "S", "T") or case["nace_code"].startswith("79")
    ready = (
        industry
        and case["municipality"] == MUNICIPALITY
        and not case["bankrupt"]
        and not case["under_liquidation"]
        and case["registered_date"] < date(2026, 3, 1)
        and drop >= Decimal("0.30")
    )
    net = max(case["fixed_costs"] * drop * Decimal("0.85") - 5000, Decimal(0))
    amount = min(net, Decimal(500_000)) // 100 * 100
    return amount if ready and amount >= 5000 else None


def _same_answer(case: Mapping[str, Any], amount: Decimal | None) -> None:
    by_hand = _by_hand(case)
    if by_hand is not None and by_hand != amount:
        raise AssertionError(f"{by_hand} by hand, {amount} by the rules")


_TABLE = """
CREATE TABLE companies AS SELECT
    ['I', 'S', 'T', 'G', 'F', 'C'][CAST(1 + hash(i) % 6 AS INTEGER)] AS nace_section,
    ['56.110', '47.110', '79.110', '43.210'][CAST(1 + hash(i + 1) % 4 AS INTEGER)] AS nace_code,
    ['3103', '3107', '0301', '3205'][CAST(1 + hash(i + 2) % 4 AS INTEGER)] AS municipality,
    'AS' AS legal_form,
    hash(i + 3) % 50 = 0 AS bankrupt,
    hash(i + 4) % 60 = 0 AS under_liquidation,
    DATE '2010-01-01' + CAST(hash(i + 5) % 6000 AS INTEGER) AS registered_date,
    CAST(hash(i + 6) % 4000000 AS DECIMAL(38, 2)) AS revenue_period,
    CAST(100000 + hash(i + 7) % 3900000 AS DECIMAL(38, 2)) AS revenue_comparison,
    CAST(20000 + hash(i + 8) % 880000 AS DECIMAL(38, 2)) AS fixed_costs,
    false AS exceptional_circumstances
FROM range({rows}) AS numbers(i)
"""
_COLUMNS = """
SELECT nace_section, starts_with(nace_code, '79') AS travel, municipality, bankrupt, under_liquidation,
       registered_date < DATE '2026-03-01' AS early,
       CAST(revenue_period AS BIGINT) AS after, CAST(revenue_comparison AS BIGINT) AS before,
       CAST(fixed_costs AS BIGINT) AS costs
FROM companies
"""


def _by_numpy(np: Any, columns: Mapping[str, Any]) -> tuple[int, int]:
    """Exact in int64: the drop in ten-thousandths, half away from zero; the amount in millionths of a krone."""
    section = columns["nace_section"]
    industry = (section == "I") | (section == "S") | (section == "T") | columns["travel"]
    fall, before = columns["before"] - columns["after"], columns["before"]
    size = (2 * np.abs(fall) * 10_000 + before) // (2 * before)
    drop = np.where(fall < 0, -size, size)
    net = columns["costs"] * drop * 85 - 5_000 * 1_000_000
    amount = np.minimum(np.maximum(net, 0) // 1_000_000, 500_000) // 100 * 100
    ready = industry & (columns["municipality"] == MUNICIPALITY) & columns["early"]
    ready &= ~columns["bankrupt"] & ~columns["under_liquidation"] & (drop >= 3000) & (amount >= 5000)
    return int(ready.sum()), int(amount[ready].sum())
