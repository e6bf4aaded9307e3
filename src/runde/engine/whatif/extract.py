"""The register extract: one DuckDB file with a row for each company, columns named as rules name the facts.

An empty value is not known. Rows stand by municipality and industry, so that asking for one municipality
reads little of the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from runde.engine.reference.api import is_synthetic_orgnr

LAYOUT = "runde-extract/1"
TABLE = "companies"
BUCKETS = 1000
MADE_UP = "Oppdiktet register"
"""What a register is called when every number in it is from the range for test data."""
_MEMORY = "256MB"

FACT_COLUMNS: Mapping[str, str] = {
    "orgnr": "VARCHAR",
    "municipality": "VARCHAR",
    "nace_section": "VARCHAR",
    "nace_code": "VARCHAR",
    "industry_2": "VARCHAR",
    "industry_3": "VARCHAR",
    "industry_standard": "VARCHAR",
    "legal_form": "VARCHAR",
    "sector": "VARCHAR",
    "employees": "INTEGER",
    "has_registered_employees": "BOOLEAN",
    "registered_date": "DATE",
    "founded_date": "DATE",
    "accounts_year": "SMALLINT",
    "bankrupt": "BOOLEAN",
    "bankrupt_date": "DATE",
    "under_liquidation": "BOOLEAN",
    "under_liquidation_date": "DATE",
    "forced_dissolution": "BOOLEAN",
    "reconstruction_date": "DATE",
    "vat_registered": "BOOLEAN",
    "in_business_register": "BOOLEAN",
    "in_voluntary_register": "BOOLEAN",
    "in_foundation_register": "BOOLEAN",
    "in_group": "BOOLEAN",
}
"""The facts the extract holds, with their DuckDB types: the columns a source file gives, in this order."""

_SPREAD = f"CAST(CAST('0x' || sha256(orgnr)[1:8] AS UBIGINT) % {BUCKETS} AS USMALLINT)"
_OWN_COLUMNS = {
    "spread": _SPREAD,
    "municipality_number": "CAST(COALESCE(municipality, '0') AS USMALLINT)",
    "section_number": "CAST(COALESCE(ascii(nace_section) - 64, 0) AS UTINYINT)",
    "fewest_employees": (
        "COALESCE(employees, CASE WHEN has_registered_employees THEN 1 ELSE 0 END)"  # 1–4 are withheld
    ),
    "begun_date": "COALESCE(founded_date, registered_date)",
}
"""What is worked out once for each company, for grouping; never a fact in a rule."""

_CREATE = """
CREATE TABLE companies AS
SELECT *, {own} FROM ({rows})
ORDER BY municipality NULLS FIRST, nace_section NULLS FIRST, orgnr
"""
_READ = """
SELECT * {replaced} FROM read_csv(?, header = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    auto_detect = false, columns = {columns})
"""
_LAST_OF_EACH = """
SELECT * EXCLUDE (place) FROM (SELECT *, row_number() OVER () AS place FROM ({rows}))
QUALIFY row_number() OVER (PARTITION BY orgnr ORDER BY place DESC) = 1
"""


class NotAnExtract(ValueError):
    """The file is no register extract of the layout this program reads."""


@dataclass(frozen=True, slots=True)
class ExtractOrder:
    """What the extract is to say of itself, and how its rows are read.

    `sections` gives the letter of each two-digit division when the rows do not say it themselves;
    `standard` is then the edition they belong to. `repeats`: a company may stand several times, and its
    last row counts.
    """

    source: str
    as_of_date: date
    import_id: int = 0
    sections: Mapping[str, str] = field(default_factory=dict)
    standard: str = ""
    repeats: bool = False


def spread_of(orgnr: str) -> int:
    """0 to 999, always the same for a company: where it stands in the queue for assumed values."""
    return int(hashlib.sha256(orgnr.encode()).hexdigest()[:8], 16) % BUCKETS


def build_extract(rows: Path, order: ExtractOrder, target: Path) -> int:
    """Make the extract `target` of a CSV file without headings, columns as FACT_COLUMNS; gives the companies.

    Not for use until it is whole: whoever calls writes to a name of its own and renames. Sorting may spill
    to files beside the target. Raises duckdb.Error when the disk is full or a row does not fit.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": _MEMORY, "threads": 2}
    config["temp_directory"] = f"{target}.spill"
    with duckdb.connect(str(target), config=config) as connection:
        connection.execute(_create_sql(order), [str(rows)])
        counted = connection.execute("SELECT count(*) FROM companies").fetchone()
        companies = int(counted[0]) if counted else 0
        first_digits = connection.execute("SELECT DISTINCT orgnr[1:1] FROM companies").fetchall()
        made_up = bool(first_digits) and all(is_synthetic_orgnr(str(digit)) for (digit,) in first_digits)
        connection.execute(
            "CREATE TABLE snapshot AS SELECT ? AS layout, ? AS source, ?::DATE AS as_of_date,"
            " ?::BIGINT AS import_id, ?::BIGINT AS companies",
            [LAYOUT, MADE_UP if made_up else order.source, order.as_of_date, order.import_id, companies],
        )
        connection.execute("CHECKPOINT")
    return companies


def _create_sql(order: ExtractOrder) -> str:
    replaced = ""
    if order.sections:
        whens = " ".join(f"WHEN '{division}' THEN '{letter}'" for division, letter in order.sections.items())
        standard = f"CASE WHEN nace_code IS NOT NULL AND '{order.standard}' <> '' THEN '{order.standard}' END"
        section = f"CASE nace_code[1:2] {whens} END"
        replaced = f"REPLACE ({section} AS nace_section, {standard} AS industry_standard)"
    rows = _READ.format(replaced=replaced, columns=dict(FACT_COLUMNS))
    rows = _LAST_OF_EACH.format(rows=rows) if order.repeats else rows
    return _CREATE.format(own=", ".join(f"{sql} AS {name}" for name, sql in _OWN_COLUMNS.items()), rows=rows)
