"""Make an extract straight of a register file, without a database."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from runde.engine.reference.api import Edition
from runde.engine.whatif.extract import FACT_COLUMNS, ExtractOrder, build_extract
from runde.foundation.companies.domain.editions import edition_of_codes, section_letters
from runde.foundation.companies.domain.register_fields import UNIT_FIELDS, Content
from runde.foundation.companies.domain.register_values import NULL, Unreadable
from runde.foundation.companies.intake.opening import RegisterFile
from runde.foundation.companies.intake.reading import rows_of
from runde.foundation.companies.intake.refusals import NotARegister

from .columns import FACT_ATTRIBUTES

_LATER = ("nace_section", "industry_standard")
"""Follow from the whole file, and are filled in afterwards."""
_DELETED = "deleted_date"


@dataclass(frozen=True, slots=True)
class FileExtract:
    """An extract made of a file: how many rows were left out, and which edition its industry codes are of."""

    path: Path
    as_of_date: date
    companies: int
    rejected: int
    edition: Edition | None


def extract_of_file(
    file: Path,
    target: Path,
    *,
    register_date: date,
    source: str = "Enhetsregisteret",
    edition: Edition | None = None,
) -> FileExtract:
    """Read a file of main units into an extract at `target`. Deleted companies and bad rows are left out.

    Raises FileRefused when it is no register file, or holds no main units.
    """
    with TemporaryDirectory(prefix="runde-extract-") as folder:
        rows = Path(folder) / "rows.csv"
        reading = _Reading()
        with open(rows, "w", encoding="utf-8", newline="") as out:
            reading.copy(file, out.write)
        told = edition or edition_of_codes(reading.codes)
        order = ExtractOrder(
            source, register_date, sections=section_letters(told), standard=told or "", repeats=True
        )
        companies = build_extract(rows, order, target)
    return FileExtract(target, register_date, companies, reading.rejected, told)


class _Reading:
    def __init__(self) -> None:
        places = {field.column: place for place, field in enumerate(UNIT_FIELDS)}
        kept = [FACT_ATTRIBUTES[name] for name in FACT_COLUMNS if name not in _LATER]
        self._places = [places[column] for column in (*kept, _DELETED)]
        self._readers = [UNIT_FIELDS[place].make_reader() for place in self._places]
        self._blanks = [name in _LATER for name in FACT_COLUMNS]
        self.codes: Counter[str] = Counter()
        self.rejected = 0

    def copy(self, file: Path, write: Callable[[str], object]) -> None:
        """Write every main unit that is not deleted as a line of the extract's CSV."""
        writer = csv.writer(_Lines(write), lineterminator="\n")
        with RegisterFile(file) as opened:
            writer.writerows(self._rows(opened))

    def _rows(self, file: RegisterFile) -> Iterator[list[str]]:
        found = False
        for _, content, texts in rows_of(file, self._reject):
            if content is not Content.UNITS:
                continue
            found = True
            row = self._row(texts)
            if row is not None:
                yield row
        if not found:
            raise NotARegister(
                "Filen har ingen hovedenheter. Velg filen med enheter, ikke den med underenheter."
            )

    def _row(self, texts: Sequence[str]) -> list[str] | None:
        try:
            values = [read(texts[place]) for read, place in zip(self._readers, self._places, strict=True)]
        except Unreadable:
            self.rejected += 1
            return None
        if values.pop() != NULL:
            return None
        told = iter(values)
        row = ["" if blank else next(told) for blank in self._blanks]
        self.codes[row[_NACE_CODE]] += 1
        return ["" if value == NULL else value for value in row]

    def _reject(self, line: int, reason: str) -> None:
        self.rejected += 1


_NACE_CODE = list(FACT_COLUMNS).index("nace_code")


class _Lines:
    """What csv wants to write to."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
