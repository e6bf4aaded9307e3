"""A made-up register of 1.1 million companies, with the spread of sizes, industries and places that Norway has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from runde.engine.whatif.extract import FACT_COLUMNS, ExtractOrder, build_extract

COMPANIES = 1_100_000
AS_OF = date(2026, 11, 20)

_SECTIONS = "ACFFFGGGGGHHIIIJKLLMMMMNNNNNOOORRSSST"  # a letter for each 30 000 companies or so
_FORMS = ("AS", "AS", "AS", "AS", "ENK", "ENK", "ENK", "NUF", "ANS", "DA", "SA")

_ROWS = """
SELECT {columns} FROM (
    SELECT
        CAST(310000000 + i AS VARCHAR) AS orgnr,
        CASE WHEN hash(i) % 500 = 0 THEN NULL WHEN hash(i + 1) % 9 = 0 THEN '0301'
            ELSE CAST(1101 + hash(i + 1) % 357 * 12 AS VARCHAR) END AS municipality,
        CASE WHEN hash(i + 2) % 200 <> 0
            THEN '{sections}'[CAST(1 + hash(i + 3) % {section_count} AS INTEGER)] END AS nace_section,
        CASE WHEN hash(i + 2) % 200 <> 0
            THEN printf('%02d.%03d', CAST(1 + hash(i + 4) % 96 AS INTEGER), CAST(hash(i + 5) % 9 * 110 AS INTEGER))
            END AS nace_code,
        'SN2025' AS industry_standard,
        [{forms}][CAST(1 + hash(i + 6) % {form_count} AS INTEGER)] AS legal_form,
        CASE WHEN hash(i + 7) % 6 = 0 THEN CAST(5 + 20000 // (1 + hash(i + 8) % 4000) AS INTEGER) END AS employees,
        hash(i + 7) % 6 < 3 AS has_registered_employees,
        DATE '1995-02-19' + CAST(hash(i + 9) % 11580 AS INTEGER) AS registered_date,
        DATE '1990-02-19' + CAST(hash(i + 10) % 13000 AS INTEGER) AS founded_date,
        hash(i + 11) % 90 = 0 AS bankrupt,
        hash(i + 12) % 70 = 0 AS under_liquidation,
        hash(i + 13) % 150 = 0 AS forced_dissolution,
        hash(i + 14) % 5 < 3 AS vat_registered,
        hash(i + 15) % 10 < 7 AS in_business_register
    FROM range({companies}) AS numbers(i)
)
"""


def build_made_up_extract(folder: Path, companies: int = COMPANIES) -> Path:
    """An extract as the register import makes it. The same companies every time."""
    rows, target = folder / "rows.csv", folder / "register.duckdb"
    query = _ROWS.format(
        columns=", ".join(name if f" AS {name}" in _ROWS else f"NULL AS {name}" for name in FACT_COLUMNS),
        sections=_SECTIONS,
        section_count=len(_SECTIONS),
        forms=", ".join(f"'{form}'" for form in _FORMS),
        form_count=len(_FORMS),
        companies=companies,
    )
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{rows}' (FORMAT csv, HEADER false, NULLSTR '')")
    build_extract(rows, ExtractOrder("Oppdiktet register", AS_OF), target)
    rows.unlink()
    return target
