"""Why a criterion came out as it did: how far off, and what was not known."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.tree import (
    Call,
    Choice,
    Comparison,
    Logic,
    Name,
    Node,
    Not,
    children,
    is_constant,
    names_in,
)
from runde.engine.rules.value_types import LARGEST_UNITS, Kind
from runde.engine.rules.verdict import Distance, Why
from runde.engine.rules.widths import sum_type

ValueOf = Callable[[Node], Any]
TreeOf = Callable[[str], Node | None]
"""The tree behind a derived value or amount row; None for facts and parameters."""
Cause = tuple[str, Why]
CausesOf = Callable[[str], Iterable[Cause]]
"""Why a name has no value: remembered by whoever explains, since many rules rest on the same names."""

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def distances(node: Node, value_of: ValueOf, tree_of: TreeOf, wanted: bool = True) -> tuple[Distance, ...]:
    """The distance of every measurable part that keeps `node` from being `wanted`.

    For OR these are alternatives: closing any one of them is enough.
    """
    match node:
        case Not(operand=operand):
            return distances(operand, value_of, tree_of, not wanted)
        case Logic(parts=parts):
            found = (distances(part, value_of, tree_of, wanted) for part in parts)
            return tuple(distance for part in found for distance in part)
        case Comparison() if value_of(node) is (not wanted):
            distance = _distance(node, value_of, wanted)
            return () if distance is None else (distance,)
        case Name(name=name):
            tree = tree_of(name)
            return () if tree is None else distances(tree, value_of, tree_of, wanted)
    return ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A comparison seen as a value on its way to a limit."""

    measured: Node
    limit: Node
    low: bool
    """True when the value must come up to the limit, False when it must come down."""
    step: int
    """1 where being at the limit is one whole day or head short of what is required."""

    @property
    def is_date(self) -> bool:
        return self.measured.type.kind is Kind.DATE

    def fits(self) -> bool:
        """False when the difference could have more digits than the bulk engine holds."""
        return self.is_date or sum_type(self.measured, self.limit, "-").bound < LARGEST_UNITS

    @property
    def unit(self) -> str:
        return "days" if self.is_date else self.measured.type.unit or self.limit.type.unit


def measure(node: Node, wanted: bool = True) -> Measure | None:
    """How far off `node` can be from being `wanted`; None unless it is one ordered comparison."""
    if isinstance(node, Not):
        return measure(node.operand, not wanted)
    if not isinstance(node, Comparison):
        return None
    operator = node.operator if wanted else _OPPOSITE[node.operator]
    measured, limit = node.left, node.right
    if operator not in _MIRRORED:
        return None
    if is_constant(measured) and not is_constant(limit):
        measured, limit, operator = limit, measured, _MIRRORED[operator]
    whole = measured.type.kind is Kind.DATE or measured.type.scale == limit.type.scale == 0
    return Measure(measured, limit, operator in (">", ">="), int(operator in ("<", ">") and whole))


def _distance(node: Comparison, value_of: ValueOf, wanted: bool) -> Distance | None:
    found = measure(node, wanted)
    if found is None:
        return None
    gap = _gap(value_of(found.measured), value_of(found.limit)) + found.step
    names = ", ".join(names_in(found.measured))
    return Distance(names, gap, found.unit, found.low, found.is_date)


def _gap(measured: Any, limit: Any) -> Decimal:
    if isinstance(measured, date):
        return Decimal(abs((measured - limit).days))
    return abs(EXACT.subtract(measured, limit))


def unknown_causes(node: Node, value_of: ValueOf, causes_of: CausesOf) -> Iterator[Cause]:
    """The facts behind an unknown value, with the reason each of them is not known."""
    if value_of(node) is not None:
        return
    if isinstance(node, Name):
        yield from causes_of(node.name)
        return
    if isinstance(node, Choice):
        yield from unknown_causes(_deciding_part(node, value_of), value_of, causes_of)
        return
    if isinstance(node, Call) and node.function == "DIVIDE":
        yield from _division_cause(node, value_of)
    for child in children(node):
        yield from unknown_causes(child, value_of, causes_of)


def _division_cause(node: Call, value_of: ValueOf) -> Iterator[Cause]:
    above, below, _ = (value_of(argument) for argument in node.arguments)
    names = names_in(node.arguments[1])
    if below == 0:
        yield from ((name, "division_by_zero") for name in names)
    elif above is not None and below is not None:
        yield from ((name, "out_of_range") for name in names)


def _deciding_part(node: Choice, value_of: ValueOf) -> Node:
    for when, then in node.branches:
        condition = value_of(when)
        if condition is None:
            return when
        if condition:
            return then
    return node.default
