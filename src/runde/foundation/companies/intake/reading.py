"""The rows of a register file, whatever its form."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from runde.foundation.companies.domain.register_fields import Content

from .csv_rows import CsvRows
from .json_rows import JsonRows
from .opening import CHUNK, RegisterFile

Rows = Iterable[tuple[int, Content, Sequence[str]]]


def rows_of(file: RegisterFile, reject: Callable[[int, str], None]) -> Rows:
    """Line number, kind of unit and texts of every row that has its form in order.

    Rows that have not are given to `reject` with line number and reason. Raises FileRefused when the file is
    no register file. Letters that are not UTF-8 are let through marked, so that only their row is lost.
    """
    unpacked = io.BufferedReader(file, buffer_size=CHUNK)
    starts_json = unpacked.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")
    stream = io.TextIOWrapper(unpacked, encoding="utf-8-sig", errors="surrogateescape", newline="")
    return JsonRows(stream, reject, file.break_off) if starts_json else CsvRows(stream, reject)
