# ruff: noqa: S608 - only names of our own tables and columns are put into statements
"""Carry rows into temporary tables as they are read, to be merged into the register in one go."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.db import connection

from runde.foundation.companies.domain.register_fields import Content
from runde.foundation.companies.domain.rows import DERIVED, RowReader
from runde.foundation.companies.models import Company, SubUnit

BLOCK_BYTES = 1 << 18
TABLES = {Content.UNITS: Company._meta.db_table, Content.SUB_UNITS: SubUnit._meta.db_table}
_DERIVED_TYPES = {"sort_key": 'text COLLATE "C"', "search_words": "text", "position": "bigint"}


class Stage:
    """A temporary table for one kind of unit, gone with the transaction, and the rows on their way to it."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.reader = RowReader(content)
        self.table = f"staged_{content}"
        self.target = TABLES[content]
        self.waiting = bytearray()
        self._create()

    def drop(self) -> None:
        """Take the table away with all that was made from it, so that the transaction may import again."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {self.table} CASCADE")

    def _create(self) -> None:
        facts = ", ".join(field.column for field in self.reader.fields)
        derived = ", ".join(f"ADD COLUMN {name} {_DERIVED_TYPES[name]}" for name in DERIVED[self.content])
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE {self.table} ON COMMIT DROP AS SELECT {facts} FROM {self.target} WHERE false"
            )
            cursor.execute(f"ALTER TABLE {self.table} {derived}")


class Stages:
    """The stages a file needs, one for each kind of unit in it.

    One COPY stays open for the kind at hand, so that the server takes rows in while we read the next ones; a
    connection can hold only one, so a file that mixes kinds changes over a block at a time.
    """

    def __init__(self) -> None:
        self._stages: dict[Content, Stage] = {}
        self._copying: Stage | None = None
        self._copy: Any = None
        self._open = ExitStack()

    def __getitem__(self, content: Content) -> Stage:
        stage = self._stages.get(content)
        if stage is None:
            self.finish_copy()
            stage = self._stages[content] = Stage(content)
        return stage

    def all(self) -> list[Stage]:
        return list(self._stages.values())

    def add(self, stage: Stage, line: bytes) -> None:
        stage.waiting += line
        if len(stage.waiting) >= BLOCK_BYTES:
            self._send(stage)

    def finish(self) -> None:
        """Send what is still waiting. After this the tables hold every row added."""
        for stage in self._stages.values():
            self._send(stage)
        self.finish_copy()

    def finish_copy(self) -> None:
        self._copying = None
        self._open.close()

    def give_up(self, fault: BaseException) -> None:
        """Break an open COPY off, so that the transaction can be rolled back."""
        self._open.__exit__(type(fault), fault, fault.__traceback__)

    def _send(self, stage: Stage) -> None:
        if self._copying is not stage:
            self.finish_copy()
            cursor: Any = self._open.enter_context(connection.cursor())
            columns = ", ".join(stage.reader.columns)
            self._copy = self._open.enter_context(cursor.copy(f"COPY {stage.table} ({columns}) FROM STDIN"))
            self._copying = stage
        self._copy.write(stage.waiting)
        stage.waiting = bytearray()
