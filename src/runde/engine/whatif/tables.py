"""What does not change from one edit to the next, kept in temporary tables: only so many, the oldest go first."""

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


class KeptQueries:
    """Answers of the last few queries over the whole register, by their SQL.

    An edit of a threshold on assumed values, of the amount or of the money leaves them as they are. A query
    over profiles names their tables, whose numbers are never used again, so an answer cannot grow stale.
    Not for several threads at once.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, kind: str, most: int) -> None:
        self._connection = connection
        self._kind = kind
        self._most = most
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._last = 0

    def table_of(self, query: str) -> str:
        """The name of a table that holds the query's answer."""
        if query not in self._kept:
            while len(self._kept) >= self._most:
                self._connection.execute(f"DROP TABLE {self._kept.popitem(last=False)[1]}")
            self._last += 1
            name = f"{self._kind}_{self._last}"
            self._connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
            self._kept[query] = name
        self._kept.move_to_end(query)
        return self._kept[query]
