"""The checked tree as DuckDB SQL, with our meaning of unknown and exact decimals throughout."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules.calls import step_literal, whole_literal
from runde.engine.rules.explaining import Measure
from runde.engine.rules.expression_sql import ExpressionWriter, Layers, Piece, join
from runde.engine.rules.tree import Arithmetic, Call, Literal, Name, Node
from runde.engine.rules.value_types import Kind, ValueType, within
from runde.engine.rules.widths import common_type, sum_type

__all__ = ["Layers", "Piece", "SqlWriter", "constant_sql", "decimal_sql", "quoted", "type_sql"]

_NARROW = 10**18
_BIGINT = 9 * 10**18
_ESTIMATED = 10**14


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def constant_sql(value: Any, value_type: ValueType | None = None) -> str:
    """A literal. Numbers are typed decimals; give the type to fix scale and width."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case Decimal():
            wanted = value_type or type_of(value)
            return f"CAST('{value:f}' AS {decimal_sql(wanted)})"
        case date():
            return f"DATE '{value.isoformat()}'"
    raise TypeError(f"no literal for {type(value).__name__}")


def type_of(value: Decimal) -> ValueType:
    scale = max(0, -int(value.as_tuple().exponent))
    return within(abs(int(value.scaleb(scale))), scale)


def decimal_sql(value_type: ValueType) -> str:
    """The narrowest decimal that holds every value of the type: 64 bits where it can, else 128."""
    narrow = value_type.bound < _NARROW and value_type.scale <= 18
    return f"DECIMAL({18 if narrow else 38},{value_type.scale})"


def type_sql(value_type: ValueType) -> str:
    if value_type.kind is Kind.NUMBER:
        return decimal_sql(value_type)
    names = {Kind.TEXT: "VARCHAR", Kind.BOOLEAN: "BOOLEAN", Kind.DATE: "DATE", Kind.CODES: "VARCHAR[]"}
    return names[value_type.kind]


def whole_sql(bound: int) -> str:
    return "BIGINT" if bound < _BIGINT else "HUGEINT"


def _number(scale: int, bound: int) -> ValueType:
    return within(bound, scale)


class SqlWriter(ExpressionWriter):
    """DuckDB's writer."""

    def constant(self, value: Any, value_type: ValueType | None = None) -> str:
        return constant_sql(value, value_type)

    def type_name(self, value_type: ValueType) -> str:
        return type_sql(value_type)

    def call(self, node: Call) -> Piece:
        return _CALLS[node.function](self, node)

    def gap(self, found: Measure) -> Piece:
        sides = (found.measured, found.limit)
        if found.is_date:
            days = join("date_diff('day', {}, {})", *(self.write(side) for side in sides))
            return join(f"CAST(ABS({{}}) + {found.step} AS DECIMAL(18,0))", days)
        wide = sum_type(*sides, "-")
        pieces = [self.cast(side, _number(wide.scale, wide.bound)) for side in sides]
        return join(f"(ABS({{}} - {{}}) + {found.step})", *pieces)

    def cast(self, node: Node, value_type: ValueType) -> Piece:
        if isinstance(node, Literal):
            return Piece(constant_sql(node.value, value_type), atomic=True)
        piece, wanted = self.write(node), decimal_sql(value_type)
        if isinstance(node, Name) and decimal_sql(node.type) == wanted:
            return piece
        return join(f"CAST({{}} AS {wanted})", piece)

    def arithmetic(self, node: Arithmetic) -> Piece:
        """Both sides wide enough for themselves and for the result, so that no step can overflow."""
        sides, scale = (node.left, node.right), node.type.scale
        if node.operator == "*":
            widest = max(node.type.bound, *(side.type.bound for side in sides))
            pieces = [self.cast(side, _number(side.type.scale, widest)) for side in sides]
        else:
            widest = max(node.type.bound, common_type(sides).bound)
            pieces = [self.cast(side, _number(scale, widest)) for side in sides]
        return join(f"({{}} {node.operator} {{}})", *pieces)

    # -- functions ------------------------------------------------------------------------------

    def _days(self, node: Call) -> Piece:
        pieces = (self.write(argument) for argument in node.arguments)
        return join("CAST(date_diff('day', {}, {}) AS DECIMAL(18,0))", *pieces)

    def _prefix(self, node: Call) -> Piece:
        return join("starts_with({}, {})", *(self.write(argument) for argument in node.arguments))

    def _any_code(self, node: Call) -> Piece:
        codes, *wanted = (self.write(argument) for argument in node.arguments)
        return join("list_has_any({}, [" + ", ".join(["{}"] * len(wanted)) + "])", codes, *wanted)

    def _rounded(self, node: Call) -> Piece:
        decimals = whole_literal(node.arguments[1], node.function)
        piece = self.cast(node.arguments[0], node.arguments[0].type)
        if decimals >= node.arguments[0].type.scale:
            return piece
        return join(f"ROUND({{}}, {decimals})", piece)

    def _units(self, node: Node, shift: int, whole: str) -> Piece:
        """The number in units of its last decimal, times 10^shift, as a whole number."""
        scale, power = node.type.scale, 10**node.type.scale
        if node.type.bound * power < 10**38:
            widened = _number(scale, node.type.bound * power)
            piece = self.cast(node, widened)
            units = join(f"CAST({{}} * CAST({power} AS {decimal_sql(_number(0, power))}) AS {whole})", piece)
        else:
            part = self.layers.hoist(self.cast(node, node.type))
            template = (
                f"(CAST(TRUNC({{}}) AS {whole}) * {power} + CAST(({{}} - TRUNC({{}})) * {power} AS {whole}))"
            )
            units = join(template, part, part, part)
        return join(f"({{}} * CAST({10**shift} AS {whole}))", units) if shift else units

    def _quotient(self, node: Call) -> Piece:
        above, below, _ = node.arguments
        decimals, largest = node.type.scale, node.type.bound
        shift = decimals + below.type.scale - above.type.scale
        top, bottom = above.type.bound * 10 ** max(0, shift), below.type.bound * 10 ** max(0, -shift)
        whole = whole_sql(2 * max(top, bottom) + bottom)
        n = self.layers.hoist(self._units(above, max(0, shift), whole))
        d = self.layers.hoist(self._units(below, max(0, -shift), whole))
        quotient = self.layers.hoist(
            self._size_by_estimate(n, d, largest) if largest < _ESTIMATED else self._size(n, d)
        )
        template = (
            f"CASE WHEN {{}} > CAST('{largest}' AS HUGEINT) THEN NULL"
            " WHEN ({} < 0) = ({} < 0) THEN {} ELSE -{} END"
        )
        signed = join(template, quotient, n, d, quotient, quotient)
        return self._from_units(signed, decimals, largest)

    def _size(self, n: Piece, d: Piece) -> Piece:
        """|n| / |d| to the nearest whole number, halves upwards; NULL when d is zero."""
        return join("(2 * ABS({}) + ABS({})) // NULLIF(2 * ABS({}), 0)", n, d, d)

    def _size_by_estimate(self, n: Piece, d: Piece, largest: int) -> Piece:
        """The same, several times quicker: a binary estimate, put right by its exact remainder.

        Below 10^14 the estimate is less than a tenth off, so comparing twice the remainder with the
        denominator always finds the right whole number. NULL beyond `largest`.
        """
        ratio = self.layers.hoist(join("ABS(CAST({} AS DOUBLE)) / NULLIF(ABS(CAST({} AS DOUBLE)), 0)", n, d))
        template = f"CASE WHEN {{}} < {largest + 2} THEN CAST(FLOOR({{}}) AS BIGINT) END"
        whole = self.layers.hoist(join(template, ratio, ratio))
        template = "{} + CASE WHEN 2 * (ABS({}) - {} * ABS({})) >= ABS({}) THEN 1 ELSE 0 END"
        return join(template, whole, n, whole, d, d)

    def _from_units(self, units: Piece, scale: int, bound: int) -> Piece:
        whole = decimal_sql(_number(0, bound))
        last = decimal_sql(_number(scale, bound))
        factor = format(Decimal(1).scaleb(-scale), "f")
        return join(f"(CAST({{}} AS {whole}) * CAST('{factor}' AS {last}))", units)

    def _stepped(self, node: Call) -> Piece:
        value, function = node.arguments[0], node.function
        step = step_literal(node.arguments[1], function)
        power, unit = 10**node.type.scale, int(step * 10**node.type.scale)
        doubled = 2 if function == "ROUND_NEAREST" else 1
        widest = value.type.bound * power * doubled
        whole = whole_sql(2 * (widest // 10**value.type.scale + unit))
        piece = self.cast(value, _number(value.type.scale, widest))
        if function == "ROUND_NEAREST":
            return self._nearest(piece, node, power, unit, whole)
        sign = "-" if function == "ROUND_UP" else ""
        floor = join(f"CAST(FLOOR({sign}{{}} * {self._factor(power)}) AS {whole})", piece)
        units = self.layers.hoist(floor)
        multiple = join(f"{sign}({{}} - (({{}} % {unit}) + {unit}) % {unit})", units, units)
        return self._from_units(multiple, node.type.scale, node.type.bound)

    def _nearest(self, piece: Piece, node: Call, power: int, unit: int, whole: str) -> Piece:
        signed = self.layers.hoist(piece)
        floor = f"CAST(FLOOR(ABS({{}}) * {self._factor(2 * power)}) AS {whole})"
        template = f"CASE WHEN {{}} < 0 THEN -1 ELSE 1 END * ((({floor}) + {unit}) // {2 * unit} * {unit})"
        return self._from_units(join(template, signed, signed), node.type.scale, node.type.bound)

    def _factor(self, power: int) -> str:
        return f"CAST({power} AS {decimal_sql(_number(0, power))})"


_CALLS: dict[str, Callable[[SqlWriter, Call], Piece]] = {
    "ABS": SqlWriter.absolute,
    "COALESCE": SqlWriter.coalesce,
    "DAYS_BETWEEN": SqlWriter._days,
    "DIVIDE": SqlWriter._quotient,
    "GREATEST": SqlWriter.extreme,
    "HAS_ANY": SqlWriter._any_code,
    "LEAST": SqlWriter.extreme,
    "ROUND": SqlWriter._rounded,
    "ROUND_DOWN": SqlWriter._stepped,
    "ROUND_NEAREST": SqlWriter._stepped,
    "ROUND_UP": SqlWriter._stepped,
    "STARTS_WITH": SqlWriter._prefix,
}
