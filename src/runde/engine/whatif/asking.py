# ruff: noqa: S608 - only SQL of our own and numbers are put into statements
"""One question to the register: run the SQL, gather the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from runde.engine.rules.duckdb_sql import type_sql
from runde.engine.whatif.checking import CheckedDesign
from runde.engine.whatif.judging import eligible_sql, fitting_sql, judged_sql, row_columns, source_sql
from runde.engine.whatif.nearness import Nearness, nearness_of
from runde.engine.whatif.parting import Part, part_rules
from runde.engine.whatif.tables import KeptQueries, ProfileTables

STEPS = 3
"""Distances told apart for each criterion."""
_TABLES = ("judged", "totals", "eligible")


@dataclass(frozen=True, slots=True)
class Tally:
    """One criterion's counts; `near` by step; `met_with`: bits of the criteria that some company meets too."""

    not_met: int
    alone: int
    unknown: int
    near: tuple[int, ...]
    met_with: int


Sums = Mapping[int, tuple[int, Decimal]]
"""Eligible companies and full cost by number of class."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures as they come. `cells` by number of municipality and section; `pools` by the earmarks they fit."""

    eligible: int
    refer: int
    unknown: int
    refused: int
    tallies: tuple[Tally, ...]
    cells: Mapping[tuple[int, int], tuple[int, Decimal]]
    by_size: Sums
    by_age: Sums
    pools: Sums
    medians: tuple[Decimal, Decimal] | None


class Memory:
    """What is kept for one register between questions."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.profiles = ProfileTables(connection)
        self.cells = KeptQueries(connection, "cells", 8)
        self.fitting = KeptQueries(connection, "fitting", 3)


class Asking:
    """Everything one question needs. `ask` may be called once, by one thread at a time."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        memory: Memory,
        checked: CheckedDesign,
        on: date,
        municipalities: Sequence[str],
    ) -> None:
        self._connection = connection
        self._memory = memory
        self._on = on
        self.parted = part_rules(checked, on)
        self.near = _nearness(self.parted.row, on) | _nearness(self.parted.profile, on)
        self._table = memory.profiles.table_for(checked, self.parted.assumed)
        self._types = {name: type_sql(checked.rules.types[name]) for name in self.parted.assumed}
        self._source = source_sql(self._table.key, self._table.number, self.parted.mixed, municipalities)
        self._columns = row_columns(self.parted, self._types)
        self._earmarks = [place for place, node in enumerate(checked.earmarks) if node is not None]

    def ask(self) -> Answer:
        try:
            self._judge_profiles()
            self._count_cells()
            self._find_eligible()
            return Answer(
                *self._lanes(),
                self._tallies(),
                self._cells(),
                self._sums("size"),
                self._sums("age"),
                self._sums("earmarks"),
                self._medians(),
            )
        finally:
            for table in _TABLES:
                self._connection.execute(f"DROP TABLE IF EXISTS {table}")

    def _make(self, table: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")

    def _judge_profiles(self) -> None:
        part, table = self.parted.profile, f"values_{self._table.number}"
        columns = self._types | {"profile": "UINTEGER"}
        self._make("judged", judged_sql(self.parted, part, table, columns, self._on, self.near))

    def _count_cells(self) -> None:
        judged = judged_sql(self.parted, self.parted.row, "source", self._columns, self._on, self.near)
        cells = self._memory.cells.table_of(
            f"WITH source AS ({self._source}) SELECT not_met, unknown, near, profile, count(*) AS companies"
            f" FROM ({judged}) GROUP BY ALL",
        )
        self._make(
            "totals",
            "SELECT cells.not_met | judged.not_met AS not_met, cells.unknown | judged.unknown AS unknown,"
            " CASE WHEN cells.not_met = 0 THEN judged.near WHEN judged.not_met = 0 THEN cells.near ELSE 0 END"
            " AS near, CAST(sum(companies) AS BIGINT) AS companies"
            f" FROM {cells} AS cells JOIN judged USING (profile) GROUP BY ALL",
        )

    def _find_eligible(self) -> None:
        query = fitting_sql(self.parted, self._columns, self._on, self._earmarks)
        fitting = self._memory.fitting.table_of(f"WITH source AS ({self._source}) {query}")
        self._make("eligible", eligible_sql(self.parted, fitting))

    def _lanes(self) -> tuple[int, int, int, int]:
        refusing = sum(
            bit
            for one, bit in zip(self.parted.criteria, self.parted.bits.values(), strict=True)
            if one.when_not_met == "refuse"
        )
        row = self._one(
            "SELECT sum(companies) FILTER (not_met = 0 AND unknown = 0),"
            f" sum(companies) FILTER (not_met <> 0 AND unknown = 0 AND not_met & {refusing} = 0),"
            f" sum(companies) FILTER (unknown <> 0 AND not_met & {refusing} = 0),"
            f" sum(companies) FILTER (not_met & {refusing} <> 0) FROM totals"
        )
        eligible, refer, unknown, refused = (int(one or 0) for one in row)
        return eligible, refer, unknown, refused

    def _tallies(self) -> tuple[Tally, ...]:
        """Every criterion's counts in one go: each cell is counted once for each criterion's bit."""
        count = len(self.parted.criteria)
        everything = (1 << count) - 1
        near = ", ".join(
            f"sum(companies) FILTER (not_met = bit AND near = {step})" for step in range(1, STEPS + 1)
        )
        bits = ", ".join(f"({bit}::UBIGINT)" for bit in self.parted.bits.values())
        if not bits:
            return ()
        rows = self._connection.execute(
            "SELECT bit, sum(companies) FILTER (not_met & bit <> 0), sum(companies) FILTER (not_met = bit),"
            f" sum(companies) FILTER (unknown & bit <> 0), {near},"
            f" bit_or({everything}::UBIGINT - ((not_met | unknown) & {everything}))"
            "  FILTER ((not_met | unknown) & bit = 0)"
            " FROM (SELECT not_met::UBIGINT AS not_met, unknown::UBIGINT AS unknown, near, companies FROM totals)"
            f" CROSS JOIN (VALUES {bits}) AS bits(bit) GROUP BY bit"
        ).fetchall()
        found = {int(row[0]): _tally(row[1:]) for row in rows}
        nothing = Tally(0, 0, 0, (0,) * STEPS, 0)
        return tuple(found.get(bit, nothing) for bit in self.parted.bits.values())

    def _cells(self) -> dict[tuple[int, int], tuple[int, Decimal]]:
        rows = self._connection.execute(
            "SELECT municipality_number, section_number, count(*), sum(amount) FROM eligible"
            " GROUP BY municipality_number, section_number ORDER BY municipality_number, section_number"
        ).fetchall()
        return {(one, other): (count, cost) for one, other, count, cost in rows}

    def _sums(self, column: str) -> dict[int, tuple[int, Decimal]]:
        rows = self._connection.execute(
            f"SELECT {column}, count(*), sum(amount) FROM eligible GROUP BY {column} ORDER BY {column}"
        ).fetchall()
        return {code: (count, cost) for code, count, cost in rows}

    def _medians(self) -> tuple[Decimal, Decimal] | None:
        """The two middle amounts; the same one twice when the number is odd."""
        if self.parted.amount is None:
            return None
        row = self._one("SELECT quantile_disc(amount, 0.5), -quantile_disc(-amount, 0.5) FROM eligible")
        return None if row[0] is None else (row[0], row[1])

    def _one(self, query: str) -> tuple[Any, ...]:
        row = self._connection.execute(query).fetchone()
        assert row is not None  # noqa: S101 - an aggregate without groups gives one row
        return row


def _tally(row: Sequence[Any]) -> Tally:
    not_met, alone, unknown, *near, met_with = (int(one or 0) for one in row)
    return Tally(not_met, alone, unknown, tuple(near), met_with)


def _nearness(part: Part, on: date) -> dict[str, Nearness]:
    found = {slug: nearness_of(part.rules.criteria[slug], part.rules, on) for slug in part.slugs}
    return {slug: one for slug, one in found.items() if one is not None}
