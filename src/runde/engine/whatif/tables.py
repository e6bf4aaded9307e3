"""Profiles of the last few sets of assumptions, kept in temporary tables between edits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from runde.engine.rules.duckdb_sql import type_sql
from runde.engine.rules.value_types import ValueType
from runde.engine.whatif.checking import CheckedDesign
from runde.engine.whatif.profiles import deal, key_sql, store_profiles

KEPT = 4
"""An adviser goes back and forth between a few; each is at most a few megabytes."""


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """Where a set of assumptions lies: `keys_<number>` and `values_<number>`; no key when nothing is assumed."""

    number: int
    key: str | None


NOTHING_ASSUMED = ProfileTable(0, None)


class ProfileTables:
    """Not for several threads at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._kept: OrderedDict[object, ProfileTable] = OrderedDict()
        self._last = 0
        connection.execute("CREATE TEMP TABLE values_0 AS SELECT 0::UINTEGER AS profile")

    def table_for(self, checked: CheckedDesign, assumed: Sequence[str]) -> ProfileTable:
        """The tables for the assumptions in use, made when they are not there."""
        if not assumed:
            return NOTHING_ASSUMED
        types = [checked.rules.types[name] for name in assumed]
        wanted = tuple(
            (name, checked.assumptions[name].lines, type_sql(value_type))
            for name, value_type in zip(assumed, types, strict=True)
        )
        if wanted not in self._kept:
            self._kept[wanted] = self._make(checked, assumed, types)
            self._drop_oldest()
        self._kept.move_to_end(wanted)
        return self._kept[wanted]

    def _make(
        self, checked: CheckedDesign, assumed: Sequence[str], types: Sequence[ValueType]
    ) -> ProfileTable:
        dealt = deal([checked.assumptions[name] for name in assumed])
        values = [[value for line in checked.values[name] for value in line] for name in assumed]
        self._last += 1
        columns = list(zip(assumed, types, values, strict=True))
        store_profiles(self._connection, dealt, columns, self._last)
        return ProfileTable(self._last, key_sql(dealt.steps))

    def _drop_oldest(self) -> None:
        while len(self._kept) > KEPT:
            _, oldest = self._kept.popitem(last=False)
            for kind in ("keys", "values"):
                self._connection.execute(f"DROP TABLE {kind}_{oldest.number}")
