"""Register files for tests, with synthetic numbers and made-up names."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.companies.domain.bulk_columns import BULK_COLUMNS

ROOT = Path(__file__).resolve().parents[3]
SUB_UNIT_COLUMNS = (
    "organisasjonsnummer",
    "navn",
    "organisasjonsform.kode",
    "naeringskode1.kode",
    "harRegistrertAntallAnsatte",
    "antallAnsatte",
    "beliggenhetsadresse.adresse",
    "beliggenhetsadresse.postnummer",
    "beliggenhetsadresse.poststed",
    "beliggenhetsadresse.kommunenummer",
    "beliggenhetsadresse.landkode",
    "registreringsdatoIEnhetsregisteret",
    "registrertIMvaregisteret",
    "oppstartsdato",
    "datoEierskifte",
    "overordnetEnhet",
    "nedleggelsesdato",
)
Row = Mapping[str, str]


def unit(number: int = 0, **changes: str) -> dict[str, str]:
    """A restaurant in Bærum; underscores in the names of changes stand for dots."""
    row = {
        "organisasjonsnummer": synthetic_orgnr(number),
        "navn": f"FJELLDUGG KAFÉ {number} AS",
        "organisasjonsform.kode": "AS",
        "naeringskode1.kode": "56.101",
        "harRegistrertAntallAnsatte": "true",
        "antallAnsatte": "12",
        "forretningsadresse.adresse": "Lyngveien 4",
        "forretningsadresse.postnummer": "1300",
        "forretningsadresse.poststed": "BÆRUM",
        "forretningsadresse.kommunenummer": "3201",
        "forretningsadresse.landkode": "NO",
        "institusjonellSektorkode.kode": "2100",
        "registreringsdatoenhetsregisteret": "2017-03-02",
        "stiftelsesdato": "2017-02-20",
        "registrertIMvaRegisteret": "true",
        "registrertIForetaksregisteret": "true",
        "konkurs": "false",
        "underAvvikling": "false",
        "underTvangsavviklingEllerTvangsopplosning": "false",
        "maalform": "Bokmål",
    }
    return row | {name.replace("__", "."): value for name, value in changes.items()}


def sub_unit(number: int, parent: str, **changes: str) -> dict[str, str]:
    row = {
        "organisasjonsnummer": synthetic_orgnr(number),
        "navn": f"FJELLDUGG KAFÉ AVD {number}",
        "organisasjonsform.kode": "BEDR",
        "naeringskode1.kode": "56.101",
        "beliggenhetsadresse.kommunenummer": "3203",
        "registreringsdatoIEnhetsregisteret": "2018-01-15",
        "overordnetEnhet": parent,
    }
    return row | changes


def csv_text(rows: Iterable[Row], columns: Iterable[str] = BULK_COLUMNS) -> str:
    names = list(columns)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return text.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    """Write the content, packed when the name says so."""
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path
