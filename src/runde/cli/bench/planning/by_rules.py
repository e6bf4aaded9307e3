"""Our own way of doing only what OpenFisca does: who is eligible and for how much, over one table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb

from runde.engine.rules import register_query
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.whatif import Design
from runde.engine.whatif.checking import check_design
from runde.engine.whatif.parting import as_given

from .columns import LETTERS, UNITS, assumed_values
from .scheme import CRITERIA, ON

_ASSUMED = """
CREATE TEMP TABLE assumed AS SELECT CAST(place // 1000 AS UTINYINT) AS section_number,
    CAST(place % 1000 AS USMALLINT) AS spread, {values}
FROM (SELECT generate_subscripts($revenue_drop, 1) - 1 AS place, {lists})
"""


class ByRules:
    """The register with each company's assumed values beside it, in a file; the rules compiled anew each time."""

    def __init__(self, extract: Path, design: Design) -> None:
        self._design = design
        self._connection = duckdb.connect(str(extract.with_name("planned.duckdb")))
        self._connection.execute(f"ATTACH '{extract}' AS register (READ_ONLY)")
        values = {
            one.name: assumed_values(one, units).ravel().tolist()
            for one, units in zip(design.assumptions, UNITS, strict=True)
        }
        assert all(len(one) == LETTERS * 1000 for one in values.values())  # noqa: S101 - as `place` counts
        columns = ", ".join(_column(name, units) for name, units in zip(values, UNITS, strict=True))
        lists = ", ".join(f"CAST(unnest(${name}) AS DECIMAL(13,0)) AS {name}" for name in values)
        self._connection.execute(_ASSUMED.format(values=columns, lists=lists), values)
        self._connection.execute(
            "CREATE TABLE planned AS SELECT companies.*, assumed.* EXCLUDE (section_number, spread)"
            " FROM register.companies JOIN assumed USING (section_number, spread)"
        )
        self._connection.execute("CHECKPOINT")
        self._connection.execute("DETACH register")
        described = self._connection.execute("DESCRIBE planned").fetchall()
        self._columns = {str(row[0]): str(row[1]) for row in described}

    def judge(self) -> tuple[int, Decimal]:
        """Eligible companies and the sum of their amounts in kroner."""
        checked = check_design(self._design)
        rules = CompiledRuleSet(as_given(checked.rules, checked.assumptions))
        query = register_query(rules, "planned", self._columns, ON)
        ready = " AND ".join([*(f"met_{slug}" for slug in CRITERIA), "row_grant_nok IS NOT NULL"])
        row = self._connection.execute(
            f"SELECT count(*), sum(row_grant_nok) FROM ({query}) WHERE {ready}"  # noqa: S608
        ).fetchone()
        assert row is not None  # noqa: S101 - an aggregate without groups gives one row
        return int(row[0]), Decimal(row[1])

    def close(self) -> None:
        self._connection.close()


def _column(name: str, units: int) -> str:
    """The whole units as the decimals the rules read."""
    decimals = len(str(units)) - 1
    one = f"CAST('{Decimal(1) / units}' AS DECIMAL(18,4))"
    return f"CAST({name} * {one} AS DECIMAL(18,{decimals})) AS {name}"
