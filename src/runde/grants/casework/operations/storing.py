"""Storing many rows with large JSON in one statement.

Django's bulk insert hands PostgreSQL an array for each column, and the driver escapes every quotation mark of every
JSON value in Python: a thousand decisions took longer to write than to make. The rows go as one JSON text instead.
(COPY is not allowed on tables with row-level security.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

BATCH = 500


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, a batch in each statement. Their tables' triggers see each batch whole."""
    for start in range(0, len(rows), BATCH):
        _insert(rows[start : start + BATCH])


def _insert(rows: Sequence[models.Model]) -> None:
    meta = rows[0]._meta
    named = [(field.attname, field) for field in meta.concrete_fields]
    table = connection.ops.quote_name(meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column or name) for name, field in named)
    values = [{name: getattr(row, name) for name, _ in named} for row in rows]
    text = json.dumps(values, ensure_ascii=False, default=_plain)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) "  # noqa: S608 - names from our own models
            f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)",
            [text],
        )


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")
