"""The test run's own PostgreSQL, as an engine that judges cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg.rows import dict_row

from runde.adapters.postgres import launcher
from tests.database import server
from tests.engine.rules.exporting.agreement import Row
from tests.engine.rules.referee import Case
from tests.engine.rules.test_evaluators_agree import listed


class PostgresEngine:
    dialect = "postgres"
    table = "cases"
    columns = {
        "number": "integer",
        "employees": "bigint",
        "turnover": "numeric(18,2)",
        "before": "numeric",
        "share": "numeric(9,4)",
        "founded": "date",
        "bankrupt": "boolean",
        "place": "text",
        "section": "character varying(10)",
        "tags": "text[]",
    }

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection
        declared = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        connection.execute(f"CREATE TEMP TABLE cases ({declared})")

    def judge(self, query: str, cases: Sequence[Case]) -> Sequence[Row]:
        facts = [name for name in self.columns if name != "number"]
        self._connection.execute("TRUNCATE cases")
        with self._connection.cursor().copy("COPY cases FROM STDIN") as copy:
            for number, case in enumerate(cases):
                copy.write_row([number, *(listed(case[name]) for name in facts)])
        return self._connection.execute(query).fetchall()


@contextmanager
def postgres_engine() -> Iterator[PostgresEngine]:
    dsn = server().dsn("postgres", launcher.SUPERUSER)
    with psycopg.connect(dsn, row_factory=dict_row) as connection:
        yield PostgresEngine(connection)
        connection.rollback()
