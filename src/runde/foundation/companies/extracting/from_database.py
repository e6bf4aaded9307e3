# ruff: noqa: S608 - only names of our own columns are put into the statement
"""The register's rows out of the database, as the CSV an extract is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from runde.engine.whatif.extract import FACT_COLUMNS
from runde.foundation.companies.models import Company

from .columns import FACT_ATTRIBUTES


def write_rows(write: Callable[[Any], object]) -> None:
    """Every company that is not deleted, a block at a time; what is not known is empty."""
    with connection.cursor() as cursor, cursor.copy(_statement()) as copy:
        for block in copy:
            write(block)


def _statement() -> str:
    columns = ", ".join(
        f"NULLIF({FACT_ATTRIBUTES[name]}, '')" if kind == "VARCHAR" else FACT_ATTRIBUTES[name]
        for name, kind in FACT_COLUMNS.items()
    )
    chosen = f"SELECT {columns} FROM {Company._meta.db_table} WHERE deleted_date IS NULL"
    return f"COPY ({chosen}) TO STDOUT (FORMAT csv)"
