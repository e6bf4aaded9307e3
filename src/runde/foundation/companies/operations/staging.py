# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Carry rows into temporary tables in blocks, to be merged into the register in one go."""

from __future__ import annotations

from typing import Any

from django.db import connection

from runde.foundation.companies.domain.register_fields import Content
from runde.foundation.companies.domain.rows import DERIVED, RowReader
from runde.foundation.companies.models import Company, SubUnit

BLOCK_BYTES = 4 << 20
TABLES = {Content.UNITS: Company._meta.db_table, Content.SUB_UNITS: SubUnit._meta.db_table}
_DERIVED_TYPES = {"sort_key": 'text COLLATE "C"', "search_words": "text", "line": "bigint"}


class Stage:
    """A temporary table for one kind of unit, gone with the transaction."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.reader = RowReader(content)
        self.table = f"staged_{content}"
        self.target = TABLES[content]
        self._block = bytearray()
        self._create()

    def add(self, line: bytes) -> None:
        self._block += line
        if len(self._block) >= BLOCK_BYTES:
            self.flush()

    def flush(self) -> None:
        if not self._block:
            return
        columns = ", ".join(self.reader.columns)
        with (
            connection.cursor() as cursor,
            _copy(cursor, f"COPY {self.table} ({columns}) FROM STDIN") as copy,
        ):
            copy.write(self._block)
        self._block = bytearray()

    def _create(self) -> None:
        facts = ", ".join(field.column for field in self.reader.fields)
        derived = ", ".join(f"ADD COLUMN {name} {_DERIVED_TYPES[name]}" for name in DERIVED[self.content])
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE {self.table} ON COMMIT DROP AS SELECT {facts} FROM {self.target} WHERE false"
            )
            cursor.execute(f"ALTER TABLE {self.table} {derived}")


def _copy(cursor: Any, statement: str) -> Any:
    return cursor.copy(statement)
