"""The checked tree as DuckDB SQL, with our meaning of unknown and exact decimals throughout.

Whatever would have to be written twice (an operand tested for NULL and then used) is first put in a
column of its own, in a layer below. So the text grows with the expression and never faster.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules.calls import step_literal, whole_literal
from runde.engine.rules.explaining import Measure
from runde.engine.rules.tree import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Literal,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
)
from runde.engine.rules.value_types import Kind, ValueType, within
from runde.engine.rules.widths import common_type, sum_type

_NARROW = 10**18
_BIGINT = 9 * 10**18
_ESTIMATED = 10**14


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of SQL and the highest layer whose columns it reads."""

    sql: str
    layer: int = 0
    atomic: bool = False


@dataclass(slots=True)
class Layers:
    """Columns by layer; layer 0 holds the facts, and each layer reads the one below."""

    columns: list[dict[str, str]] = field(default_factory=lambda: [{}])
    count: int = 0

    def place(self, piece: Piece, alias: str) -> Piece:
        """Give the piece a column of its own."""
        layer = piece.layer + 1
        while len(self.columns) <= layer:
            self.columns.append({})
        self.columns[layer][alias] = piece.sql
        return Piece(alias, layer, True)

    def hoist(self, piece: Piece) -> Piece:
        """The piece itself when it is a column or a literal, else a column made of it."""
        if piece.atomic:
            return piece
        self.count += 1
        return self.place(piece, f"t{self.count}")

    def select(self, source: str, outputs: Mapping[str, str]) -> str:
        """The whole query: `outputs` (alias to SQL) over all the layers over `source`.

        Everything in it is written by this module from a checked tree or quoted, so nothing a user
        typed reaches the text as SQL.
        """
        inner = f"SELECT {_columns(self.columns[0])} FROM {source}"  # noqa: S608
        for layer in self.columns[1:]:
            inner = f"SELECT *, {_columns(layer)} FROM ({inner})"  # noqa: S608
        return f"SELECT {_columns(outputs)} FROM ({inner})"  # noqa: S608


def _columns(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {alias}" for alias, sql in columns.items())


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
            wanted = value_type or _type_of(value)
            return f"CAST('{value:f}' AS {decimal_sql(wanted)})"
        case date():
            return f"DATE '{value.isoformat()}'"
    raise TypeError(f"no literal for {type(value).__name__}")


def _type_of(value: Decimal) -> ValueType:
    scale = max(0, -int(value.as_tuple().exponent))
    return within(abs(int(value.scaleb(scale))), scale)


def decimal_sql(value_type: ValueType) -> str:
    """The narrowest decimal that holds every value of the type: 64 bits where it can, else 128."""
    narrow = value_type.bound < _NARROW and value_type.scale <= 18
    return f"DECIMAL({18 if narrow else 38},{value_type.scale})"


def whole_sql(bound: int) -> str:
    return "BIGINT" if bound < _BIGINT else "HUGEINT"


def _number(scale: int, bound: int) -> ValueType:
    return within(bound, scale)


class SqlWriter:
    """Writes expressions over named pieces. `names` holds facts, parameters and values so far."""

    def __init__(self, layers: Layers, names: Mapping[str, Piece]) -> None:
        self.layers = layers
        self.names = dict(names)

    def write(self, node: Node) -> Piece:
        match node:
            case Literal(value=value):
                typed = node.type if node.type.kind is Kind.NUMBER else None
                return Piece(constant_sql(value, typed), atomic=True)
            case Name(name=name):
                return self.names[name]
            case Negative(operand=operand):
                return self._join("-({})", self.write(operand))
            case Arithmetic():
                return self._arithmetic(node)
            case Comparison(operator=operator, left=left, right=right):
                return self._join(f"({{}} {operator} {{}})", *self._alike((left, right)))
            case Logic(operator=operator, parts=parts):
                pieces = [self.write(part) for part in parts]
                return self._join("(" + f" {operator.upper()} ".join(["{}"] * len(pieces)) + ")", *pieces)
            case Not(operand=operand):
                return self._join("(NOT {})", self.write(operand))
            case Membership(operand=operand, values=values):
                operand_piece, *members = self._alike((operand, *values))
                return self._join(
                    "({} IN (" + ", ".join(["{}"] * len(members)) + "))", operand_piece, *members
                )
            case Choice():
                return self._choice(node)
            case Call():
                return _CALLS[node.function](self, node)
        raise TypeError(f"no SQL for {type(node).__name__}")

    def gap(self, found: Measure) -> Piece:
        """How far the measured value is from its limit, in its own unit; dates in days."""
        sides = (found.measured, found.limit)
        if found.is_date:
            days = self._join("date_diff('day', {}, {})", *(self.write(side) for side in sides))
            return self._join(f"CAST(ABS({{}}) + {found.step} AS DECIMAL(18,0))", days)
        wide = sum_type(*sides, "-")
        pieces = [self._cast(side, _number(wide.scale, wide.bound)) for side in sides]
        return self._join(f"(ABS({{}} - {{}}) + {found.step})", *pieces)

    def _join(self, template: str, *pieces: Piece) -> Piece:
        sql = template.format(*(piece.sql for piece in pieces))
        return Piece(sql, max((piece.layer for piece in pieces), default=0))

    def _cast(self, node: Node, value_type: ValueType) -> Piece:
        """The number `node` as exactly the decimal type wanted."""
        if isinstance(node, Literal):
            return Piece(constant_sql(node.value, value_type), atomic=True)
        piece, wanted = self.write(node), decimal_sql(value_type)
        if isinstance(node, Name) and decimal_sql(node.type) == wanted:
            return piece
        return self._join(f"CAST({{}} AS {wanted})", piece)

    def _alike(self, nodes: Sequence[Node]) -> list[Piece]:
        """The nodes brought to one common type."""
        if nodes[0].type.kind is not Kind.NUMBER:
            return [self.write(node) for node in nodes]
        common = common_type(nodes)
        return [self._cast(node, common) for node in nodes]

    def _arithmetic(self, node: Arithmetic) -> Piece:
        """Both sides wide enough for themselves and for the result, so that no step can overflow."""
        sides, scale = (node.left, node.right), node.type.scale
        if node.operator == "*":
            widest = max(node.type.bound, *(side.type.bound for side in sides))
            pieces = [self._cast(side, _number(side.type.scale, widest)) for side in sides]
        else:
            widest = max(node.type.bound, common_type(sides).bound)
            pieces = [self._cast(side, _number(scale, widest)) for side in sides]
        return self._join(f"({{}} {node.operator} {{}})", *pieces)

    def _choice(self, node: Choice) -> Piece:
        values = self._alike((*(value for _, value in node.branches), node.default))
        pieces: list[Piece] = []
        template = "CASE"
        for (condition, _), value in zip(node.branches, values, strict=False):
            when = self.layers.hoist(self.write(condition))
            pieces += [when, when, value]
            template += " WHEN {} IS NULL THEN NULL WHEN {} THEN {}"
        return self._join(template + " ELSE {} END", *pieces, values[-1])

    # -- functions ------------------------------------------------------------------------------

    def _extreme(self, node: Call) -> Piece:
        pieces = [self.layers.hoist(piece) for piece in self._alike(node.arguments)]
        missing = " OR ".join(["{} IS NULL"] * len(pieces))
        values = ", ".join(["{}"] * len(pieces))
        template = f"CASE WHEN {missing} THEN NULL ELSE {node.function}({values}) END"
        if node.type.kind is Kind.NUMBER:
            template = f"CAST({template} AS {decimal_sql(node.type)})"
        return self._join(template, *pieces, *pieces)

    def _coalesce(self, node: Call) -> Piece:
        pieces = self._alike(node.arguments)
        return self._join("COALESCE(" + ", ".join(["{}"] * len(pieces)) + ")", *pieces)

    def _absolute(self, node: Call) -> Piece:
        return self._join("ABS({})", self.write(node.arguments[0]))

    def _days(self, node: Call) -> Piece:
        pieces = (self.write(argument) for argument in node.arguments)
        return self._join("CAST(date_diff('day', {}, {}) AS DECIMAL(18,0))", *pieces)

    def _prefix(self, node: Call) -> Piece:
        return self._join("starts_with({}, {})", *(self.write(argument) for argument in node.arguments))

    def _any_code(self, node: Call) -> Piece:
        codes, *wanted = (self.write(argument) for argument in node.arguments)
        return self._join("list_has_any({}, [" + ", ".join(["{}"] * len(wanted)) + "])", codes, *wanted)

    def _rounded(self, node: Call) -> Piece:
        decimals = whole_literal(node.arguments[1], node.function)
        piece = self._cast(node.arguments[0], node.arguments[0].type)
        if decimals >= node.arguments[0].type.scale:
            return piece
        return self._join(f"ROUND({{}}, {decimals})", piece)

    def _units(self, node: Node, shift: int, whole: str) -> Piece:
        """The number in units of its last decimal, times 10^shift, as a whole number."""
        scale, power = node.type.scale, 10**node.type.scale
        if node.type.bound * power < 10**38:
            widened = _number(scale, node.type.bound * power)
            piece = self._cast(node, widened)
            units = self._join(
                f"CAST({{}} * CAST({power} AS {decimal_sql(_number(0, power))}) AS {whole})", piece
            )
        else:
            part = self.layers.hoist(self._cast(node, node.type))
            template = (
                f"(CAST(TRUNC({{}}) AS {whole}) * {power} + CAST(({{}} - TRUNC({{}})) * {power} AS {whole}))"
            )
            units = self._join(template, part, part, part)
        return self._join(f"({{}} * CAST({10**shift} AS {whole}))", units) if shift else units

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
        signed = self._join(template, quotient, n, d, quotient, quotient)
        return self._from_units(signed, decimals, largest)

    def _size(self, n: Piece, d: Piece) -> Piece:
        """|n| / |d| to the nearest whole number, halves upwards; NULL when d is zero."""
        return self._join("(2 * ABS({}) + ABS({})) // NULLIF(2 * ABS({}), 0)", n, d, d)

    def _size_by_estimate(self, n: Piece, d: Piece, largest: int) -> Piece:
        """The same, several times quicker: a binary estimate, put right by its exact remainder.

        Below 10^14 the estimate is less than a tenth off, so comparing twice the remainder with the
        denominator always finds the right whole number. NULL beyond `largest`.
        """
        ratio = self.layers.hoist(
            self._join("ABS(CAST({} AS DOUBLE)) / NULLIF(ABS(CAST({} AS DOUBLE)), 0)", n, d)
        )
        template = f"CASE WHEN {{}} < {largest + 2} THEN CAST(FLOOR({{}}) AS BIGINT) END"
        whole = self.layers.hoist(self._join(template, ratio, ratio))
        template = "{} + CASE WHEN 2 * (ABS({}) - {} * ABS({})) >= ABS({}) THEN 1 ELSE 0 END"
        return self._join(template, whole, n, whole, d, d)

    def _from_units(self, units: Piece, scale: int, bound: int) -> Piece:
        whole = decimal_sql(_number(0, bound))
        last = decimal_sql(_number(scale, bound))
        factor = format(Decimal(1).scaleb(-scale), "f")
        return self._join(f"(CAST({{}} AS {whole}) * CAST('{factor}' AS {last}))", units)

    def _stepped(self, node: Call) -> Piece:
        value, function = node.arguments[0], node.function
        step = step_literal(node.arguments[1], function)
        power, unit = 10**node.type.scale, int(step * 10**node.type.scale)
        doubled = 2 if function == "ROUND_NEAREST" else 1
        widest = value.type.bound * power * doubled
        whole = whole_sql(2 * (widest // 10**value.type.scale + unit))
        piece = self._cast(value, _number(value.type.scale, widest))
        if function == "ROUND_NEAREST":
            return self._nearest(piece, node, power, unit, whole)
        sign = "-" if function == "ROUND_UP" else ""
        floor = self._join(f"CAST(FLOOR({sign}{{}} * {self._factor(power)}) AS {whole})", piece)
        units = self.layers.hoist(floor)
        multiple = self._join(f"{sign}({{}} - (({{}} % {unit}) + {unit}) % {unit})", units, units)
        return self._from_units(multiple, node.type.scale, node.type.bound)

    def _nearest(self, piece: Piece, node: Call, power: int, unit: int, whole: str) -> Piece:
        signed = self.layers.hoist(piece)
        floor = f"CAST(FLOOR(ABS({{}}) * {self._factor(2 * power)}) AS {whole})"
        template = f"CASE WHEN {{}} < 0 THEN -1 ELSE 1 END * ((({floor}) + {unit}) // {2 * unit} * {unit})"
        return self._from_units(self._join(template, signed, signed), node.type.scale, node.type.bound)

    def _factor(self, power: int) -> str:
        return f"CAST({power} AS {decimal_sql(_number(0, power))})"


_CALLS: dict[str, Callable[[SqlWriter, Call], Piece]] = {
    "ABS": SqlWriter._absolute,
    "COALESCE": SqlWriter._coalesce,
    "DAYS_BETWEEN": SqlWriter._days,
    "DIVIDE": SqlWriter._quotient,
    "GREATEST": SqlWriter._extreme,
    "HAS_ANY": SqlWriter._any_code,
    "LEAST": SqlWriter._extreme,
    "ROUND": SqlWriter._rounded,
    "ROUND_DOWN": SqlWriter._stepped,
    "ROUND_NEAREST": SqlWriter._stepped,
    "ROUND_UP": SqlWriter._stepped,
    "STARTS_WITH": SqlWriter._prefix,
}
