"""Copies of a call's cases with all that lies under them, whatever columns the tables have now."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import connection, connections

# Each row becomes as many rows of the same table, with identities made from the old one and the copy's number.
COPY = """
INSERT INTO {table} ({columns}) SELECT {values}
FROM {table} AS kept JOIN bench_first ON bench_first.{own} = kept.{column}
CROSS JOIN generate_series(1, %(copies)s) AS copy
"""
LIST_FIRST = """
CREATE TEMPORARY TABLE bench_first ON COMMIT DROP AS
SELECT id AS case_id, application_id, row_number() OVER (ORDER BY ordinal) AS place
FROM casework_case WHERE call_id = %s
"""
BASE = 10_000_000  # far above every number given in life
NUMBER = f"'26/' || ({BASE} + bench_first.place + copy * 100000)"
ORDINAL = f"kept.ordinal + {BASE} + copy * 100000"
COMPANY = "lpad((400000000 + bench_first.place + copy * 1000)::text, 9, '0')"


def _copied(column: str) -> str:
    return f"md5(kept.{column}::text || copy)::uuid"


TABLES: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    (
        "applications_application",
        "application_id",
        "id",
        {"number": NUMBER, "organisation_number": COMPANY},
    ),
    (
        "casework_case",
        "case_id",
        "id",
        {
            "application_id": _copied("application_id"),
            "number": NUMBER,
            "ordinal": ORDINAL,
            "organisation_number": COMPANY,
        },
    ),
    ("casework_check", "case_id", "case_id", {"case_id": _copied("case_id")}),
    (
        "casework_decision",
        "case_id",
        "case_id",
        {"case_id": _copied("case_id"), "check_run_id": _copied("check_run_id")},
    ),
)
"""Table, what it is joined on in the list of first cases and in itself, and what is another in the copy."""


def copy_cases(call_id: UUID, *, until: int) -> None:
    """Copy the call's cases until there are that many: applications, cases, checks and decisions."""
    with connection.cursor() as cursor:
        cursor.execute(LIST_FIRST, [call_id])
        cursor.execute("ANALYZE bench_first")
        cursor.execute("SELECT count(*) FROM bench_first")
        (first,) = cursor.fetchone()
        for table, own, column, changes in TABLES:
            values = (
                {name: f"kept.{name}" for name in _columns(table)} | {"id": _copied("id")} | dict(changes)
            )
            statement = COPY.format(
                table=table,
                own=own,
                column=column,
                columns=", ".join(values),
                values=", ".join(values.values()),
            )
            cursor.execute(statement, {"copies": until // first - 1})


def _columns(table: str) -> list[str]:
    """Every column the table has now, whatever has been added to it since."""
    with connection.cursor() as cursor:
        return [one.name for one in connection.introspection.get_table_description(cursor, table)]


def take_stock() -> None:
    """What the database does by itself in operation: settle the tables and learn how they are filled."""
    with connections["owner"].cursor() as cursor:
        for table in (*(table for table, *_ in TABLES), "casework_tally", "casework_impartiality"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
