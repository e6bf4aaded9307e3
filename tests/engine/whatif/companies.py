"""Made-up companies for the what-if's tests, as rows and as an extract."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from runde.engine.whatif.extract import FACT_COLUMNS, ExtractOrder, build_extract

Company = dict[str, Any]
AS_OF = date(2026, 11, 20)
MUNICIPALITIES = ("3103", "3107", "0301", "1103", None)
CODES = {"I": "56.110", "S": "90.010", "T": "96.210", "O": "79.110", "G": "47.110", "F": "43.210", None: None}


@dataclass(frozen=True, slots=True)
class Made:
    """The same companies twice: as the extract at `path`, and as plain values."""

    path: Path
    companies: list[Company]


def made_up(count: int, seed: int) -> list[Company]:
    chance = Random(seed)
    return [_company(chance, number) for number in range(count)]


def _company(chance: Random, number: int) -> Company:
    section = chance.choice([*CODES, "I", "S", "G"])
    has_employees = chance.choice([True, True, False, None])
    registered = date(1995, 1, 1) + timedelta(days=chance.randrange(11_600))
    return {
        "orgnr": f"3{number:08d}",
        "municipality": chance.choice(MUNICIPALITIES),
        "nace_section": section,
        "nace_code": CODES[section],
        "legal_form": chance.choice(["AS", "AS", "ENK", "NUF", None]),
        "sector": "2100",
        "employees": chance.choice([None, None, 3, 5, 7, 9, 10, 25, 49, 50, 240]) if has_employees else None,
        "has_registered_employees": has_employees,
        "registered_date": chance.choice([registered, registered, date(2026, 3, 1), None]),
        "founded_date": chance.choice([None, registered, registered - timedelta(days=40)]),
        "bankrupt": chance.choice([False] * 20 + [True, None]),
        "under_liquidation": chance.choice([False] * 20 + [True]),
        "vat_registered": chance.choice([True, False, None]),
    }


def write_extract(companies: list[Company], folder: Path, name: str = "register") -> Path:
    rows, path = folder / f"{name}.csv", folder / f"{name}.duckdb"
    with open(rows, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for company in companies:
            writer.writerow([_text(company.get(column)) for column in FACT_COLUMNS])
    build_extract(rows, ExtractOrder("Oppdiktet register", AS_OF, 7), path)
    return path


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
