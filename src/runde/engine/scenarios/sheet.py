"""From the bytes of a file to a table of text, refusing what is no such table quickly."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from runde.engine.scenarios.report import CellProblem, ScenarioError

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
LONGEST_CELL = 2_000
DELIMITERS = (";", "\t", ",")

OLD_EXCEL = (
    "Filen var lagret i et eldre tegnsett (Windows-1252), slik Excel gjør med «CSV (semikolondelt)». "
    "Vi har lest den slik. Velg «CSV UTF-8» neste gang, så blir alle tegn riktige."
)
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_OTHER_FILES = {
    b"PK\x03\x04": "Dette er en Excel-arbeidsbok.",
    b"\xd0\xcf\x11\xe0": "Dette er en eldre Excel-arbeidsbok.",
    b"%PDF": "Dette er en PDF.",
    b"\xff\xfe": "Filen er lagret som «Unicode-tekst».",
    b"\xfe\xff": "Filen er lagret som «Unicode-tekst».",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of cells; `place` is its number in the spreadsheet."""

    place: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every row has as many cells as the header; empty rows are left out. `notes` tell how the file was read."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    delimiter: str
    notes: tuple[str, ...] = ()


def read_sheet(content: bytes) -> Sheet:
    """The table in a CSV file with semicolon, comma or tab between the cells. Raises ScenarioError."""
    text, notes = _decoded(content)
    text, delimiter = _without_separator_line(text)
    rows = list(_rows(text, delimiter or _delimiter_in(text)))
    if not rows:
        raise _refused("Filen er tom.", "overskrifter i første rad og en sak i hver rad under")
    header = _header(rows[0])
    records = tuple(_record(place, row, header) for place, row in enumerate(rows[1:], start=2) if any(row))
    if not records:
        raise _refused("Filen har overskrifter, men ingen saker.", "en sak i hver rad under overskriftene")
    return Sheet(header, records, delimiter or _delimiter_in(text), notes)


def _refused(message: str, expected: str = "", row: int | None = None) -> ScenarioError:
    return ScenarioError(CellProblem(message, row=row, expected=expected))


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    if len(content) > MOST_BYTES:
        raise _refused(f"Filen er større enn {MOST_BYTES // 1_000_000} MB. Del den i flere.")
    for start, message in _OTHER_FILES.items():
        if content.startswith(start):
            raise ScenarioError(
                CellProblem(f"{message} Åpne den i regnearket, velg «Lagre som» og «CSV UTF-8».")
            )
    text, notes = _as_text(content)
    if "\x00" in text:
        raise _refused("Filen har tegn som ikke er tekst. Lagre den som «CSV UTF-8» fra regnearket.")
    return text, notes


def _as_text(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), (OLD_EXCEL,)
    except UnicodeDecodeError as error:
        raise _refused(
            "Vi kan ikke lese bokstavene i filen. Lagre den som «CSV UTF-8» fra regnearket."
        ) from error


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line, `sep=;`, names the sign between cells and is no row."""
    found = _SEPARATOR.match(text)
    if found is None:
        return text, ""
    if found[1] not in DELIMITERS:
        raise _refused(f"Første linje sier at «{found[1]}» står mellom rutene.", "semikolon mellom rutene")
    return text[found.end() :], found[1]


def _delimiter_in(text: str) -> str:
    """The sign the header has most of outside quotation marks; semicolon where there is none."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    return max(DELIMITERS, key=first.count)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    place = 0
    try:
        for place, row in enumerate(reader, start=1):
            if place > MOST_ROWS + 1:
                raise _refused(f"Filen har mer enn {MOST_ROWS} saker. Del den i flere.")
            yield [_tidy(cell, place) for cell in row]
    except csv.Error as error:
        message = "Et anførselstegn står feil, så vi ser ikke hvor ruten slutter."
        raise _refused(message, 'to anførselstegn ("") der teksten selv har ett', place + 1) from error


def _tidy(cell: str, place: int) -> str:
    """One line of composed letters and plain blanks."""
    if len(cell) > LONGEST_CELL:
        raise _refused(f"En rute har mer enn {LONGEST_CELL} tegn. Mangler det et anførselstegn?", row=place)
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def _header(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise _refused(f"Filen har mer enn {MOST_COLUMNS} kolonner.", row=1)
    if not cells:
        raise _refused("Første rad er tom.", "overskriftene i første rad", 1)
    return tuple(cells)


def _record(place: int, cells: list[str], header: tuple[str, ...]) -> Record:
    """The row made as long as the header. A row with something beyond it is refused: its cells have slipped."""
    beyond = [cell for cell in cells[len(header) :] if cell]
    if beyond:
        message = f"Raden har {len(cells)} ruter, men overskriften har {len(header)}."
        expected = "teksten i anførselstegn når den har semikolon eller komma i seg"
        raise _refused(message, expected, place)
    padded = [*cells, *[""] * len(header)]
    return Record(place, tuple(padded[: len(header)]))
