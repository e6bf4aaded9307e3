"""The columns of somebody else's table as our facts: exact, or unknown, or refused."""

from decimal import Decimal

from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.exporting.dialect import Dialect, digits_of
from runde.engine.rules.value_types import Kind, ValueType, within


def admitted(dialect: Dialect, name: str, value_type: ValueType, declared: str | None) -> str:
    """The column as the fact's exact type, unknown where it is empty or does not fit.

    `declared` is the engine's name of the column's type; None when the table has no such column.
    Raises RuleError for a type that cannot hold the fact exactly, such as a binary float.
    """
    if declared is None:
        return f"CAST(NULL AS {dialect.type_name(value_type)})"
    found = dialect.column(declared)
    if found is None or found.kind is not value_type.kind:
        raise _wrong_column(dialect, name, value_type, declared)
    column = dialect.quoted(name)
    match value_type.kind:
        case Kind.NUMBER:
            return _number(dialect, column, value_type, found.whole_digits, found.scale)
        case Kind.DATE:
            return f"CASE WHEN {column} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {column} END"
        case Kind.BOOLEAN:
            return column
    return dialect.clean(column, value_type.kind)


def _number(
    dialect: Dialect, column: str, value_type: ValueType, held: int | None, decimals: int | None
) -> str:
    conditions = []
    whole = digits_of(value_type) - value_type.scale
    if held is None or held > whole:
        limit = dialect.constant(Decimal(10**whole))
        conditions.append(f"{column} < {limit} AND {column} > -{limit}")
    if decimals is None or decimals > value_type.scale:
        unit = dialect.constant(Decimal(1).scaleb(-value_type.scale), within(1, value_type.scale))
        conditions.append(f"mod({column}, {unit}) = 0")
    cast = f"CAST({column} AS {dialect.type_name(value_type)})"
    return f"CASE WHEN {' AND '.join(conditions)} THEN {cast} END" if conditions else cast


def _wrong_column(dialect: Dialect, name: str, value_type: ValueType, declared: str) -> RuleError:
    message = (
        f"Kolonnen «{name}» er {declared[:40]} i {dialect.title} og kan ikke brukes som "
        f"{value_type.described()} uten å gjette."
    )
    expected = dialect.type_name(value_type)
    return RuleError(Problem("wrong_column", message, name, expected=expected, found=declared[:40]))
