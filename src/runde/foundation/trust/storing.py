"""Storing many rows in one statement.

Django's bulk insert hands PostgreSQL an array for each column, and the driver escapes every quotation mark of every
value in Python: a thousand decisions took longer to write than to make. The rows go as one JSON text instead.
(COPY is not allowed on tables with row-level security.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

BATCH = 100  # of a decision each some thirty kilobytes: what the database keeps in memory at once


def insert_rows(rows: Sequence[models.Model], *, skip_known: bool = False) -> None:
    """Insert new rows of one model, a batch in each statement. Their tables' triggers see each batch whole.

    `skip_known` leaves out rows whose key stands already.
    """
    for start in range(0, len(rows), BATCH):
        _insert(rows[start : start + BATCH], " ON CONFLICT DO NOTHING" if skip_known else "")


def rows_as_json(rows: Sequence[dict[str, Any]]) -> str:
    """What `json_to_recordset` and its kin read: amounts, times and bytes as PostgreSQL reads them in text."""
    try:
        return orjson.dumps(rows, default=_plain).decode()
    except TypeError:  # whole numbers above 64 bits, for one
        return json.dumps(rows, ensure_ascii=False, default=_plain)


def _insert(rows: Sequence[models.Model], ending: str) -> None:
    meta = rows[0]._meta
    named = [(field.attname, field) for field in meta.concrete_fields]
    table = connection.ops.quote_name(meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column or name) for name, field in named)
    values = [{field.column or name: getattr(row, name) for name, field in named} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) "  # noqa: S608 - names from our own models
            f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json){ending}",
            [rows_as_json(values)],
        )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    if isinstance(value, UUID | str):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")
