"""The books as lines of the municipality's own accounts, in two layouts. Pure: postings in, text out.

Each leg of an entry is one line: what stands on the place's account, debit above zero and credit below. An entry is
one voucher and sums to zero, so every file does, and the sum of each account is what the books say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

GBAT10_FIELDS = 28
HEADS = (
    "bilagsnummer",
    "bilagsdato",
    "periode",
    "konto",
    "funksjon",
    "ansvar",
    "prosjekt",
    "mva-kode",
    "beløp",
    "debet/kredit",
    "leverandør orgnr",
    "navn",
    "bankkonto",
    "tekst",
    "forfallsdato",
    "ekstern referanse",
)


@dataclass(frozen=True, slots=True)
class Codes:
    """Where it is booked: `accounts` by place; `projects` by source id, else `project`."""

    accounts: Mapping[str, str]
    function: str
    responsibility: str = ""
    project: str = ""
    projects: Mapping[str, str] | None = None
    vat_code: str = ""

    def project_of(self, source_id: str) -> str:
        return (self.projects or {}).get(source_id) or self.project


@dataclass(frozen=True, slots=True)
class Line:
    """One leg, with who it concerns where it concerns anybody. `amount_nok` above zero is debit."""

    voucher: int
    day: date
    place: str
    source_id: str
    amount_nok: Decimal
    text: str
    reference: str
    case_number: str = ""
    organisation_number: str = ""
    name: str = ""


def as_csv(lines: Sequence[Line], codes: Codes) -> bytes:
    """Semicolons, decimal comma, UTF-8 with byte-order mark: read by any accounting system that maps columns."""
    return "\ufeff".encode() + _written([HEADS, *(_csv_row(line, codes) for line in lines)]).encode()


def as_gbat10(lines: Sequence[Line], codes: Codes) -> bytes:
    """GBAT10: 28 fields a line, ISO-8859-1, decimal comma. Letters outside it become a question mark."""
    return _written(_gbat10_row(line, codes) for line in lines).encode("iso-8859-1", errors="replace")


def _csv_row(line: Line, codes: Codes) -> tuple[str, ...]:
    return (
        str(line.voucher),
        f"{line.day:%d.%m.%Y}",
        f"{line.day:%Y%m}",
        codes.accounts[line.place],
        codes.function,
        codes.responsibility,
        codes.project_of(line.source_id),
        codes.vat_code,
        amount(line.amount_nok),
        "D" if line.amount_nok > 0 else "K",
        line.organisation_number,
        safe(line.name),
        "",
        safe(_said(line)),
        "",
        safe(line.reference),
    )


def _gbat10_row(line: Line, codes: Codes) -> tuple[str, ...]:
    """The fields by their place in the format, from 1."""
    fields = {
        1: "GBAT10",
        2: str(line.voucher),
        3: f"{line.day:%Y%m%d}",
        4: "1",
        5: f"{line.day:%m}",
        6: f"{line.day:%Y}",
        7: codes.accounts[line.place],
        8: codes.vat_code,
        9: amount(line.amount_nok),
        12: safe(line.name),
        21: safe(_said(line)),
        24: codes.project_of(line.source_id),
        25: codes.responsibility,
        27: "F",
    }
    return tuple(fields.get(place, "") for place in range(1, GBAT10_FIELDS + 1))


def _said(line: Line) -> str:
    return f"{line.text} sak {line.case_number}" if line.case_number else line.text


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def amount(value: Decimal) -> str:
    """ "-1234,50": always two decimals, no grouping."""
    return f"{value:.2f}".replace(".", ",")


def safe(text: str) -> str:
    """One line, and nothing that a spreadsheet takes for a formula."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in {"=", "+", "-", "@"} else flat
