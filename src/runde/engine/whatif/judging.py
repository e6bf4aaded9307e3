# ruff: noqa: S608 - only SQL written by the rules' own writer, and numbers, are put into statements
"""The SQL that judges companies: masks of what is not met and not known, and who is eligible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from runde.engine.rules import register_query
from runde.engine.rules.duckdb_sql import constant_sql, quoted
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.whatif.classes import age_sql, size_sql
from runde.engine.whatif.extract import FACT_COLUMNS
from runde.engine.whatif.nearness import Nearness
from runde.engine.whatif.parting import EARMARK, Part, Parted

Columns = Mapping[str, str]
_CARRIED = ("profile", "municipality_number", "section_number", "fewest_employees", "begun_date")
_CARRIED_TYPES = {
    "profile": "UINTEGER",
    "municipality_number": "USMALLINT",
    "section_number": "UTINYINT",
    "fewest_employees": "INTEGER",
    "begun_date": "DATE",
}


def source_sql(key: str | None, tables: int, mixed: Sequence[str], municipalities: Sequence[str]) -> str:
    """The companies in scope with the profile of each, and those assumed values that rows need."""
    wanted = ", ".join(["companies.*", "profile" if key else "0::UINTEGER AS profile", *map(quoted, mixed)])
    sql = f"SELECT {wanted} FROM companies"
    if key:
        sql += f" JOIN keys_{tables} ON keys_{tables}.key = {key}"
    if mixed:
        sql += f" JOIN values_{tables} USING (profile)"
    if municipalities:
        sql += f" WHERE municipality_number IN ({', '.join(str(int(one)) for one in municipalities)})"
    return sql


def row_columns(parted: Parted, assumed_types: Columns) -> dict[str, str]:
    """The columns rows are judged by. A fact that is not the register's own never reads the register."""
    foreign = {name for name, fact in parted.row.rules.facts.items() if fact.source != "register"}
    stored = {name: column for name, column in FACT_COLUMNS.items() if name not in foreign}
    return stored | {name: assumed_types[name] for name in parted.mixed} | _CARRIED_TYPES


def judged_sql(
    parted: Parted, part: Part, table: str, columns: Columns, on: date, near: Mapping[str, Nearness]
) -> str:
    """For each row of the table: profile, not_met, unknown, near, and the amount when the part has it."""
    query = _query(part.rules, table, columns, on, ("profile",))
    amount = f", row_{part.amount} AS amount" if part.amount else ""
    bits = {slug: parted.bits[slug] for slug in part.slugs}
    not_met = [f"CASE WHEN NOT met_{slug} THEN {_bit(parted, bit)} ELSE 0 END" for slug, bit in bits.items()]
    unknown = [
        f"CASE WHEN met_{slug} IS NULL THEN {_bit(parted, bit)} ELSE 0 END" for slug, bit in bits.items()
    ]
    if part.amount:
        flag = _bit(parted, parted.amount_bit)
        unknown.append(f"CASE WHEN row_{part.amount} IS NULL THEN {flag} ELSE 0 END")
    gaps = "".join(f", gap_{slug}" for slug in bits if slug in near)
    masks = f"{_any(parted, not_met)} AS not_met, {_any(parted, unknown)} AS unknown"
    inner = f"SELECT profile, {masks}{gaps}{amount} FROM ({query})"
    shown = ", amount" if part.amount else ""
    return f"SELECT profile, not_met, unknown, {_near_sql(parted, bits, near)} AS near{shown} FROM ({inner})"


def _bit(parted: Parted, bit: int) -> str:
    return f"{bit}::{mask_type(parted)}"


def mask_type(parted: Parted) -> str:
    return "UINTEGER" if parted.amount_bit < 1 << 32 else "UBIGINT"


def _any(parted: Parted, masks: Sequence[str]) -> str:
    joined = " | ".join(masks) or "0"
    return f"CAST({joined} AS {mask_type(parted)})"


def _near_sql(parted: Parted, bits: Mapping[str, int], near: Mapping[str, Nearness]) -> str:
    """Which step a row stands on when one criterion alone is not met; 0 when beyond the last."""
    cases = []
    for slug, bit in bits.items():
        if slug in near:
            steps = near[slug].steps
            whens = " ".join(
                f"WHEN gap_{slug} <= {_limit(step, near[slug].scale)} THEN {number}"
                for number, step in enumerate(steps, start=1)
            )
            cases.append(f"WHEN not_met = {bit} THEN CASE {whens} ELSE 0 END")
    return f"CAST(CASE {' '.join(cases)} ELSE 0 END AS UTINYINT)" if cases else "0::UTINYINT"


def _limit(step: Decimal, scale: int) -> str:
    """The step in the distance's own decimals: no distance lies between it and the step itself."""
    return constant_sql(step.quantize(Decimal(1).scaleb(-scale), ROUND_FLOOR))


def fitting_sql(parted: Parted, columns: Columns, on: date, earmarks: Sequence[int]) -> str:
    """One row for each company in `source` that meets every criterion judged by row, with its groups."""
    query = _query(parted.row_with_earmarks, "source", columns, on, _CARRIED)
    met = [f"met_{slug}" for slug in parted.row.slugs]
    amount = f"row_{parted.row.amount}" if parted.row.amount else ""
    if amount:
        met.append(f"{amount} IS NOT NULL")
    fits = [f"CASE WHEN met_{EARMARK.format(one)} THEN {1 << one} ELSE 0 END" for one in earmarks]
    return (
        f"SELECT profile, municipality_number, section_number, {size_sql()} AS size, {age_sql(on)} AS age,"
        f" CAST({' | '.join(fits) or '0'} AS UINTEGER) AS earmarks{f', {amount} AS amount' if amount else ''}"
        f" FROM ({query}) WHERE {' AND '.join(met) or 'TRUE'}"
    )


def eligible_sql(parted: Parted, fitting: str) -> str:
    """The eligible among those who fit, with their amounts; `judged` holds the profiles."""
    amount = "amount" if parted.amount else "CAST(0 AS DECIMAL(18,2)) AS amount"
    return (
        f"SELECT municipality_number, section_number, size, age, earmarks, {amount}"
        f" FROM {fitting} JOIN (SELECT * FROM judged WHERE not_met = 0 AND unknown = 0) USING (profile)"
    )


def _query(rules: CheckedRules, table: str, columns: Columns, on: date, carry: Sequence[str]) -> str:
    return register_query(CompiledRuleSet(rules), table, columns, on, carry=carry)
