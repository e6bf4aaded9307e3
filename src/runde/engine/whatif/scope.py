# ruff: noqa: S608 - only SQL of our own and numbers are put into statements
"""How many companies there are in scope, by each way of grouping: the same for every edit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from runde.engine.whatif.classes import age_sql, size_sql

KEPT = 16


@dataclass(frozen=True, slots=True)
class Counts:
    """Companies in all, and by number of municipality, section, size and age class."""

    companies: int
    municipality: Mapping[int, int]
    section: Mapping[int, int]
    size: Mapping[int, int]
    age: Mapping[int, int]


class ScopeCounts:
    """Not for several threads at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._kept: OrderedDict[object, Counts] = OrderedDict()

    def counts(self, municipalities: Sequence[str], on: date) -> Counts:
        wanted = (tuple(municipalities), on)
        if wanted not in self._kept:
            self._kept[wanted] = self._count(municipalities, on)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(wanted)
        return self._kept[wanted]

    def _count(self, municipalities: Sequence[str], on: date) -> Counts:
        by_municipality = self._by("municipality_number", municipalities)
        return Counts(
            sum(by_municipality.values()),
            by_municipality,
            self._by("section_number", municipalities),
            self._by(size_sql(), municipalities),
            self._by(age_sql(on), municipalities),
        )

    def _by(self, grouping: str, municipalities: Sequence[str]) -> dict[int, int]:
        rows = self._connection.execute(
            f"SELECT {grouping} AS code, count(*) FROM companies{where_sql(municipalities)}"
            " GROUP BY code ORDER BY code"
        ).fetchall()
        return {int(code): int(count) for code, count in rows}


def where_sql(municipalities: Sequence[str]) -> str:
    numbers = ", ".join(str(int(one)) for one in municipalities)
    return f" WHERE municipality_number IN ({numbers})" if municipalities else ""
