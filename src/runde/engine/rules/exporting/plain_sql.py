"""The checked tree in a dialect with exact decimals, each step of a calculation given its own type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from runde.engine.rules.calls import step_literal, whole_literal
from runde.engine.rules.explaining import Measure
from runde.engine.rules.exporting.dialect import Dialect
from runde.engine.rules.expression_sql import ExpressionWriter, Layers, Piece, join
from runde.engine.rules.tree import Arithmetic, Call, Literal, Node
from runde.engine.rules.value_types import ValueType, within
from runde.engine.rules.widths import sum_type


@dataclass(frozen=True, slots=True)
class Number:
    """A piece that is a number, and the numbers it can be."""

    piece: Piece
    type: ValueType


class PlainWriter(ExpressionWriter):
    """Writes for any dialect whose decimals are exact as long as `require_exact` says so."""

    def __init__(self, layers: Layers, names: Mapping[str, Piece], dialect: Dialect) -> None:
        super().__init__(layers, names)
        self._dialect = dialect

    def constant(self, value: Any, value_type: ValueType | None = None) -> str:
        return self._dialect.constant(value, value_type)

    def type_name(self, value_type: ValueType) -> str:
        return self._dialect.type_name(value_type)

    def call(self, node: Call) -> Piece:
        return _CALLS[node.function](self, node)

    def cast(self, node: Node, value_type: ValueType) -> Piece:
        if isinstance(node, Literal):
            return Piece(self.constant(node.value, value_type), atomic=True)
        piece, wanted = self.write(node), self.type_name(value_type)
        return piece if self.type_name(node.type) == wanted else join(f"CAST({{}} AS {wanted})", piece)

    def arithmetic(self, node: Arithmetic) -> Piece:
        one, other = self._number(node.left), self._number(node.right)
        return self._operate(node.operator, one, other, node.type).piece

    def gap(self, found: Measure) -> Piece:
        if found.is_date:
            days = self._days_between(found.measured, found.limit)
            size = Number(join("ABS({})", days.piece), days.type)
        else:
            sides = self._number(found.measured), self._number(found.limit)
            apart = self._operate("-", *sides, sum_type(found.measured, found.limit, "-"))
            size = self._size(apart)
        return self._add(size, self._literal(Decimal(found.step))).piece if found.step else size.piece

    # -- numbers with their types -----------------------------------------------------------------

    def _number(self, node: Node) -> Number:
        return Number(self.write(node), node.type)

    def _literal(self, value: Decimal) -> Number:
        scale = max(0, -int(value.as_tuple().exponent))
        value_type = within(int(value.scaleb(scale)), scale)
        return Number(Piece(self.constant(value, value_type), atomic=True), value_type)

    def _held(self, number: Number) -> Number:
        return replace(number, piece=self.layers.hoist(number.piece))

    def _operate(self, operator: str, one: Number, other: Number, result: ValueType) -> Number:
        self._dialect.require_exact(operator, one.type, other.type)
        template = "mod({}, {})" if operator == "%" else f"({{}} {operator} {{}})"
        return Number(join(self._dialect.fitted(template, result), one.piece, other.piece), result)

    def _add(self, one: Number, other: Number, operator: str = "+") -> Number:
        scale = max(one.type.scale, other.type.scale)
        bound = _bound_at(one, scale) + _bound_at(other, scale)
        return self._operate(operator, one, other, within(bound, scale))

    def _times(self, one: Number, other: Number) -> Number:
        result = within(one.type.bound * other.type.bound, one.type.scale + other.type.scale)
        return self._operate("*", one, other, result)

    def _remainder(self, one: Number, other: Number) -> Number:
        scale = max(one.type.scale, other.type.scale)
        return self._operate("%", one, other, within(_bound_at(other, scale), scale))

    def _size(self, number: Number) -> Number:
        return Number(join("ABS({})", number.piece), within(number.type.bound, number.type.scale))

    def _as(self, number: Number, value_type: ValueType) -> Piece:
        """The number, known to fit, as exactly the type."""
        return join(self._dialect.settled(value_type), number.piece)

    # -- functions --------------------------------------------------------------------------------

    def _days_between(self, earlier: Node, later: Node) -> Number:
        span = within(4_000_000)
        template = f"CAST({self._dialect.days} AS {self.type_name(span)})"
        return Number(join(template, self.write(earlier), self.write(later)), span)

    def _days(self, node: Call) -> Piece:
        return self._as(self._days_between(*node.arguments), node.type)

    def _prefix(self, node: Call) -> Piece:
        return join(self._dialect.prefix, *(self.write(argument) for argument in node.arguments))

    def _any_code(self, node: Call) -> Piece:
        pieces = [self.write(argument) for argument in node.arguments]
        return join(self._dialect.any_of(len(pieces) - 1), *pieces)

    def _rounded(self, node: Call) -> Piece:
        decimals, value = whole_literal(node.arguments[1], node.function), self._number(node.arguments[0])
        if decimals >= value.type.scale:
            return value.piece
        return join(self._dialect.fitted(f"ROUND({{}}, {decimals})", node.type), value.piece)

    def _quotient(self, node: Call) -> Piece:
        """(2·|a|·10^d + |b|) whole times 2·|b|: the nearest whole number of units, halves upwards."""
        decimals, largest = node.type.scale, node.type.bound
        above, below = (self._held(self._number(side)) for side in node.arguments[:2])
        twice = self._times(self._size(above), self._literal(Decimal(2 * 10**decimals)))
        top = self._held(self._add(twice, self._size(below)))
        bottom = self._held(self._times(self._size(below), self._literal(Decimal(2))))
        whole = self._dialect.whole_quotient(top.type, bottom.type, largest)
        units = self.layers.hoist(join(whole, top.piece, bottom.piece))
        return self._signed_units(units, above, below, node.type)

    def _signed_units(self, units: Piece, above: Number, below: Number, wanted: ValueType) -> Piece:
        limit = self._literal(Decimal(wanted.bound))
        size = Number(join(self._dialect.fitted("{}", limit.type), units), limit.type)
        if wanted.scale:
            size = self._times(size, self._literal(Decimal(1).scaleb(-wanted.scale)))
        size = Number(self._as(size, wanted), wanted)
        alike = join("({} < 0) = ({} < 0)", above.piece, below.piece)
        template = "CASE WHEN {} <= {} THEN CASE WHEN {} THEN {} ELSE -({}) END END"
        return join(template, units, limit.piece, alike, size.piece, size.piece)

    def _stepped(self, node: Call) -> Piece:
        value = self._held(self._number(node.arguments[0]))
        step = self._literal(step_literal(node.arguments[1], node.function))
        match node.function:
            case "ROUND_DOWN":
                return self._as(self._down(value, step), node.type)
            case "ROUND_UP":
                upside_down = self._held(Number(join("-({})", value.piece), value.type))
                return join("-({})", self._as(self._down(upside_down, step), node.type))
        return self._nearest(value, step, node.type)

    def _down(self, value: Number, step: Number) -> Number:
        """The value less what is over a whole number of steps, counted upwards also below zero."""
        over = self._remainder(self._add(self._remainder(value, step), step), step)
        return self._add(value, over, "-")

    def _nearest(self, value: Number, step: Number, wanted: ValueType) -> Piece:
        half = Decimal(step.type.bound).scaleb(-step.type.scale) / 2
        raised = self._held(self._add(self._size(value), self._literal(half)))
        size = self._as(self._add(raised, self._remainder(raised, step), "-"), wanted)
        return join("CASE WHEN {} < 0 THEN -({}) ELSE {} END", value.piece, size, size)


def _bound_at(number: Number, scale: int) -> int:
    return int(number.type.bound * 10 ** (scale - number.type.scale))


_CALLS: dict[str, Callable[[PlainWriter, Call], Piece]] = {
    "ABS": PlainWriter.absolute,
    "COALESCE": PlainWriter.coalesce,
    "DAYS_BETWEEN": PlainWriter._days,
    "DIVIDE": PlainWriter._quotient,
    "GREATEST": PlainWriter.extreme,
    "HAS_ANY": PlainWriter._any_code,
    "LEAST": PlainWriter.extreme,
    "ROUND": PlainWriter._rounded,
    "ROUND_DOWN": PlainWriter._stepped,
    "ROUND_NEAREST": PlainWriter._stepped,
    "ROUND_UP": PlainWriter._stepped,
    "STARTS_WITH": PlainWriter._prefix,
}
