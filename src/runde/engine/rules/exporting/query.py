"""The whole query for one rule set in one dialect."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from runde.engine.rules.bulk import register_query
from runde.engine.rules.duckdb_sql import type_sql
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.exporting.admitting import admitted
from runde.engine.rules.exporting.dialect import Dialect
from runde.engine.rules.exporting.plain_sql import PlainWriter
from runde.engine.rules.exporting.postgres import PostgreSql
from runde.engine.rules.exporting.spark import SparkSql
from runde.engine.rules.expression_sql import Layers, Piece
from runde.engine.rules.judged_columns import judged_columns
from runde.engine.rules.model import CheckedRules, check_rules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import RuleSet

DIALECTS: Mapping[str, Dialect] = {"postgres": PostgreSql(), "spark": SparkSql()}
DUCKDB = "duckdb"
"""Runde's own bulk engine; its writer is `bulk`."""

ENGINES = (*DIALECTS, DUCKDB)

_IDENTIFIER = re.compile(r"[^\W\d]\w*")


def export_sql(
    ruleset: RuleSet | CompiledRuleSet,
    dialect: str,
    table: str,
    columns: Mapping[str, str],
    on: date,
    *,
    carry: Sequence[str] = (),
) -> str:
    """One SELECT that judges every row of `table` in another engine, as `check_relation` does in ours.

    `dialect` is one of ENGINES. `table` may have its schema in front (`public.companies`). `columns`
    gives each column's type by the engine's own name (`numeric(12,2)`, `array<string>`); a fact
    without a column is unknown. The answer has the columns in `carry` as they are, then `lane`,
    `amount_nok`, `met_…`, `row_…` and `gap_…`.

    Raises RuleError for a column that cannot hold its fact exactly, a name the engine cannot take,
    and a formula that may need more digits than the engine keeps.
    """
    rules = _checked(ruleset)
    if dialect == DUCKDB:
        _require_identifier(table)
        return register_query(rules.ruleset, table, columns, on, carry=carry)
    chosen = _dialect(dialect)
    layers = Layers(fence=chosen.fence)
    writer = PlainWriter(layers, _inputs(rules, columns, layers, on, chosen), chosen)
    for number, name in enumerate(_known(carry, columns)):
        layers.columns[0][f"k{number}"] = chosen.quoted(name)
    if not layers.columns[0]:
        layers.columns[0]["k"] = "TRUE"
    judged = judged_columns(rules, writer, on)
    _require_short(judged, chosen)
    carried = {chosen.quoted(name): f"k{number}" for number, name in enumerate(carry)}
    return layers.select(_source(table, chosen), carried | judged)


def expected_columns(ruleset: RuleSet | CompiledRuleSet, dialect: str) -> dict[str, str]:
    """The columns a table should have for these rules: each fact they use, with its type in the dialect."""
    rules = _checked(ruleset)
    column_name = type_sql if dialect == DUCKDB else _dialect(dialect).column_name
    used = rules.used_names()
    return {name: column_name(rules.types[name]) for name in rules.facts if name in used}


def _dialect(name: str) -> Dialect:
    if name not in DIALECTS:
        expected = "en av " + ", ".join(ENGINES)
        message = f"Vi kan ikke skrive for «{name[:40]}»."
        raise RuleError(Problem("dialect", message, expected=expected, suggestion=closest(name, ENGINES)))
    return DIALECTS[name]


def _checked(ruleset: RuleSet | CompiledRuleSet) -> CheckedRules:
    return ruleset.rules if isinstance(ruleset, CompiledRuleSet) else check_rules(ruleset)


def _inputs(
    rules: CheckedRules, columns: Mapping[str, str], layers: Layers, on: date, dialect: Dialect
) -> dict[str, Piece]:
    used = rules.used_names()
    pieces = {
        name: Piece(dialect.constant(dated.value, rules.types[name]), atomic=True)
        for name, dated in rules.constants_on(on).items()
    }
    for name in rules.facts:
        if name in used:
            column = admitted(dialect, name, rules.types[name], columns.get(name))
            layers.columns[0][f"f_{name}"] = column
            pieces[name] = Piece(f"f_{name}", atomic=True)
    return pieces


def _known(carry: Sequence[str], columns: Mapping[str, str]) -> Sequence[str]:
    for name in carry:
        if name not in columns:
            raise RuleError(Problem("unknown_name", f"Tabellen har ingen kolonne «{name[:60]}»."))
        _require_identifier(name)
    return carry


def _source(table: str, dialect: Dialect) -> str:
    parts = table.split(".")
    for part in parts:
        _require_identifier(part)
    return ".".join(dialect.quoted(part) for part in parts)


def _require_identifier(name: str) -> None:
    if not _IDENTIFIER.fullmatch(name):
        message = f"«{name[:60]}» kan ikke være navnet på en tabell eller kolonne her."
        raise RuleError(Problem("name", message, expected="bokstaver, tall og understrek"))


def _require_short(names: Iterable[str], dialect: Dialect) -> None:
    """PostgreSQL cuts longer names without a word, and then two columns may be called the same."""
    longest = dialect.longest_name
    for name in names:
        if longest is not None and len(name) > longest:
            message = f"Kolonnen «{name}» får lengre navn enn {dialect.title} kan ha."
            expected = f"et navn på høyst {longest - len('row_')} tegn i regelsettet"
            raise RuleError(Problem("name", message, expected=expected))
