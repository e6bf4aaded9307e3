"""A million cases at once, in DuckDB, with the same meaning as the check of one case."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from runde.engine.rules.duckdb_sql import SqlWriter, constant_sql, decimal_sql, quoted, type_sql
from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.expression_sql import Layers, Piece
from runde.engine.rules.judged_columns import judged_columns
from runde.engine.rules.model import CheckedRules, check_rules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import Fact, RuleSet
from runde.engine.rules.value_types import Kind, ValueType

_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_WHOLE_DIGITS = {
    "TINYINT": 3,
    "UTINYINT": 3,
    "SMALLINT": 5,
    "USMALLINT": 5,
    "INTEGER": 10,
    "UINTEGER": 10,
    "BIGINT": 19,
    "UBIGINT": 20,
    "HUGEINT": 39,
}


def open_connection(
    database: str = ":memory:", *, threads: int | None = None, memory_limit: str = "500MB"
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that cannot read files, load extensions or change its own settings."""
    connection = duckdb.connect(database, config={"memory_limit": memory_limit})
    if threads is not None:
        connection.execute(f"SET threads = {int(threads)}")
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def check_relation(
    connection: duckdb.DuckDBPyConnection,
    ruleset: RuleSet | CompiledRuleSet,
    table: str,
    on: date,
    *,
    carry: Sequence[str] = (),
) -> duckdb.DuckDBPyRelation:
    """Judge every row of `table`, whose columns are named as the facts.

    The relation has the columns in `carry` as they are, and:
    - `lane`: 'green', 'yellow' or 'red'; `amount_nok`: NULL when red or unknown
    - `met_<slug>` for each criterion in force: TRUE, FALSE, or NULL for unknown
    - `row_<name>` for each row of the amount
    - `gap_<slug>` for each criterion that is one ordered comparison: how far off a row that does not
      meet it is, in the fact's unit (dates in days), else NULL

    A fact without a column is unknown. Raises RuleError for a column whose type cannot hold the fact
    exactly, such as DOUBLE.
    """
    described = connection.execute(f"DESCRIBE {quoted(table)}").fetchall()
    columns = {str(row[0]): str(row[1]) for row in described}
    return connection.sql(register_query(ruleset, table, columns, on, carry=carry))


def register_query(
    ruleset: RuleSet | CompiledRuleSet,
    table: str,
    columns: Mapping[str, str],
    on: date,
    *,
    carry: Sequence[str] = (),
) -> str:
    """The SQL behind `check_relation`; `columns` gives the DuckDB type of each column of the table."""
    rules = ruleset.rules if isinstance(ruleset, CompiledRuleSet) else check_rules(ruleset)
    layers = Layers()
    writer = SqlWriter(layers, _inputs(rules, columns, layers, on))
    for number, name in enumerate(_known(carry, columns)):
        layers.columns[0][f"k{number}"] = quoted(name)
    if not layers.columns[0]:
        layers.columns[0]["k"] = "TRUE"
    carried = {quoted(name): f"k{number}" for number, name in enumerate(carry)}
    return layers.select(quoted(table), carried | judged_columns(rules, writer, on))


def _known(carry: Sequence[str], columns: Mapping[str, str]) -> Sequence[str]:
    unknown = [name for name in carry if name not in columns]
    if unknown:
        raise RuleError(Problem("unknown_name", f"Tabellen har ingen kolonne «{unknown[0]}»."))
    return carry


def _inputs(rules: CheckedRules, columns: Mapping[str, str], layers: Layers, on: date) -> dict[str, Piece]:
    used = rules.used_names()
    pieces: dict[str, Piece] = {}
    for name, dated in rules.constants_on(on).items():
        value_type = rules.types[name] if rules.types[name].kind is Kind.NUMBER else None
        pieces[name] = Piece(constant_sql(dated.value, value_type), atomic=True)
    for name, fact in rules.facts.items():
        if name in used:
            layers.columns[0][f"f_{name}"] = _admitted(fact, rules.types[name], columns.get(name))
            pieces[name] = Piece(f"f_{name}", atomic=True)
    return pieces


def _admitted(fact: Fact, value_type: ValueType, column_type: str | None) -> str:
    """The column as the fact's exact type, unknown where it is empty or does not fit."""
    column = quoted(fact.name)
    kind = value_type.kind
    if column_type is None:
        return f"CAST(NULL AS {type_sql(value_type)})"
    if kind is Kind.NUMBER:
        return _admitted_number(fact.name, value_type, column_type)
    if kind is Kind.TEXT and (column_type == "VARCHAR" or column_type.startswith("ENUM")):
        return f"NULLIF(CAST({column} AS VARCHAR), '')"
    if kind is Kind.DATE and column_type == "DATE":
        return f"CASE WHEN {column} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {column} END"
    if column_type == type_sql(value_type):
        return column
    raise _wrong_column(fact.name, value_type, column_type)


def _admitted_number(name: str, value_type: ValueType, column_type: str) -> str:
    column, wanted = quoted(name), decimal_sql(value_type)
    digits, scale = _digits(name, value_type, column_type)
    whole = len(str(value_type.bound)) - value_type.scale
    conditions = []
    if scale > value_type.scale:
        conditions.append(f"ROUND({column}, {value_type.scale}) = {column}")
    if digits > whole:
        limit = f"CAST('1{'0' * whole}' AS {'HUGEINT' if column_type in _WHOLE_DIGITS else column_type})"
        conditions.append(f"{column} < {limit} AND {column} > -{limit}")
    if not conditions:
        return f"CAST({column} AS {wanted})"
    return f"CASE WHEN {' AND '.join(conditions)} THEN CAST({column} AS {wanted}) END"


def _digits(name: str, value_type: ValueType, column_type: str) -> tuple[int, int]:
    """Digits before and after the point that the column can hold."""
    if column_type in _WHOLE_DIGITS:
        return _WHOLE_DIGITS[column_type], 0
    found = _DECIMAL.fullmatch(column_type)
    if found is None:
        raise _wrong_column(name, value_type, column_type)
    return int(found[1]) - int(found[2]), int(found[2])


def _wrong_column(name: str, value_type: ValueType, column_type: str) -> RuleError:
    expected = value_type.described()
    message = f"Kolonnen «{name}» er {column_type} og kan ikke brukes som {expected} uten å gjette."
    return RuleError(Problem("wrong_column", message, name, expected=type_sql(value_type), found=column_type))
