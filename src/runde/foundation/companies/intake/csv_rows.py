"""Read the register's CSV row by row, and find the way again after a damaged row.

A damaged row (an unclosed quote, missing columns) may swallow the rows after it. Only its first line is given
up: reading starts again on the next line, so no good row is lost to a bad neighbour.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from runde.foundation.companies.domain.register_fields import (
    FIELDS,
    ORGNR_HEADING,
    Content,
    RegisterField,
)

from .refusals import NoOrganisationNumbers, NotARegister

LONGEST_LINE = 1_000_000  # characters
MOST_LINES = 1_000  # lines in one row
LONGEST_FIELD = 131_072
Reject = Callable[[int, str], None]


class _Lines:
    """The file's lines, numbered from 1, with a memory of those taken since the last whole row."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        if len(self.taken) > MOST_LINES:
            raise csv.Error("too many lines")
        if len(line) >= LONGEST_LINE:
            raise csv.Error("line too long")
        return line

    def _read(self) -> str:
        """The next line; of one that is too long only the beginning, the rest is passed over."""
        line = self._stream.readline(LONGEST_LINE)
        if len(line) >= LONGEST_LINE and not line.endswith("\n"):
            while (more := self._stream.readline(LONGEST_LINE)) and not more.endswith(("\n", "\r")):
                pass
        return line

    def give_back_all_but_first(self) -> None:
        back = self.taken[1:]
        self._returned.extendleft(reversed(back))
        self.number -= len(back)
        self.taken.clear()


class CsvRows:
    """The rows of one CSV file, as texts in the order of our fields."""

    def __init__(self, stream: TextIO, reject: Reject) -> None:
        self._lines = _Lines(stream)
        self._reject = reject
        self._delimiter = ","
        csv.field_size_limit(LONGEST_FIELD)
        headings = self._read_headings()
        self._width = len(headings)
        self.content = _content(headings)
        self._places = _places(FIELDS[self.content], headings)

    def __iter__(self) -> Iterator[tuple[int, Content, Sequence[str]]]:
        """Line number, kind of unit and texts. Damaged rows are reported and passed over."""
        content, places = self.content, self._places
        for line, row in self._records():
            row.append("")  # the place of every field the file does not have
            yield line, content, [row[place] for place in places]

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        lines, reader = self._lines, self._reader()
        while True:
            lines.taken.clear()
            line = lines.number + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                self._give_up(line, _reason(fault))
                reader = self._reader()
                continue
            if len(row) == self._width:
                yield line, row
            elif row:
                self._give_up(line, f"raden har {len(row)} kolonner, men skal ha {self._width}")
                reader = self._reader()

    def _give_up(self, line: int, reason: str) -> None:
        self._reject(line, reason)
        self._lines.give_back_all_but_first()

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=True)

    def _read_headings(self) -> list[str]:
        try:
            first = next(self._lines)
        except StopIteration:
            raise NotARegister("Filen er tom.") from None
        except csv.Error:
            raise NotARegister("Filen er verken CSV eller JSON: den første linjen er for lang.") from None
        if first.count(";") > first.count(","):
            self._delimiter = ";"
        try:
            headings = next(csv.reader([first], delimiter=self._delimiter, strict=True))
        except (csv.Error, StopIteration):
            raise NotARegister(
                "Filen er verken CSV eller JSON: den første linjen har ingen kolonnenavn."
            ) from None
        return [heading.strip().lower() for heading in headings]


def _content(headings: list[str]) -> Content:
    if ORGNR_HEADING not in headings:
        shown = ", ".join(headings)[:120]
        raise NoOrganisationNumbers(
            f"Filen har ingen kolonne «organisasjonsnummer», så ingen rader kan leses. Første linje er: {shown}"
        )
    return Content.SUB_UNITS if any(h.startswith("beliggenhetsadresse.") for h in headings) else Content.UNITS


def _places(fields: tuple[RegisterField, ...], headings: list[str]) -> list[int]:
    """For each field the column it stands in, or one past the last when the file lacks it."""
    return [
        next((headings.index(name) for name in field.headings if name in headings), len(headings))
        for field in fields
    ]


def _reason(fault: csv.Error) -> str:
    text = str(fault)
    if "line too long" in text:
        return f"linjen er lengre enn {LONGEST_LINE} tegn"
    if "field larger" in text:
        return f"et felt er lengre enn {LONGEST_FIELD} tegn, trolig mangler et anførselstegn"
    if "too many lines" in text:
        return f"raden går over mer enn {MOST_LINES} linjer, trolig mangler et anførselstegn"
    return "anførselstegnene i raden går ikke opp"
