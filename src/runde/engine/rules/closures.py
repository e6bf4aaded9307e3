"""One case: the checked tree as nested functions over a list of values.

Each function takes the list of named values and gives a value, or None for unknown. Unknown spreads
as in three-valued logic: a comparison with an unknown is unknown; AND is false when one part is
false, unknown when none is false and one is unknown.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from runde.engine.rules import arithmetic
from runde.engine.rules.arithmetic import EXACT
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

Slots = list[Any]
Evaluate = Callable[[Slots], Any]

_COMPARE = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_CALCULATE = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}


def closure(node: Node, slot_of: Mapping[str, int]) -> Evaluate:
    """The function that evaluates `node`, reading each name from its place in the list."""
    match node:
        case Literal(value=value):
            return lambda slots: value
        case Name(name=name):
            index = slot_of[name]
            return lambda slots: slots[index]
        case Negative(operand=operand):
            return _strict(EXACT.minus, (closure(operand, slot_of),))
        case Arithmetic(operator=operator, left=left, right=right):
            return _strict_pair(_CALCULATE[operator], closure(left, slot_of), closure(right, slot_of))
        case Comparison(operator=operator, left=left, right=right):
            return _strict_pair(_COMPARE[operator], closure(left, slot_of), closure(right, slot_of))
        case Logic(operator=operator, parts=parts):
            return _logic(operator == "or", tuple(closure(part, slot_of) for part in parts))
        case Not(operand=operand):
            return _strict(lambda value: not value, (closure(operand, slot_of),))
        case Membership(operand=operand, values=values):
            return _membership(closure(operand, slot_of), tuple(closure(value, slot_of) for value in values))
        case Choice(branches=branches, default=default):
            pairs = tuple((closure(when, slot_of), closure(then, slot_of)) for when, then in branches)
            return _choice(pairs, closure(default, slot_of))
        case Call():
            return _call(node, tuple(closure(argument, slot_of) for argument in node.arguments))
    raise TypeError(f"no meaning for {type(node).__name__}")


def _strict_pair(function: Callable[[Any, Any], Any], left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(slots: Slots) -> Any:
        one, other = left(slots), right(slots)
        return None if one is None or other is None else function(one, other)

    return evaluate


def _strict(function: Callable[..., Any], parts: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(slots: Slots) -> Any:
        values = [part(slots) for part in parts]
        return None if None in values else function(*values)

    return evaluate


def _logic(decides: bool, parts: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(slots: Slots) -> bool | None:
        outcome: bool | None = not decides
        for part in parts:
            value = part(slots)
            if value is None:
                outcome = None
            elif value == decides:
                return decides
        return outcome

    return evaluate


def _membership(operand: Evaluate, members: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(slots: Slots) -> bool | None:
        value = operand(slots)
        if value is None:
            return None
        return any(member(slots) == value for member in members)

    return evaluate


def _choice(branches: tuple[tuple[Evaluate, Evaluate], ...], default: Evaluate) -> Evaluate:
    def evaluate(slots: Slots) -> Any:
        for when, then in branches:
            condition = when(slots)
            if condition is None:
                return None
            if condition:
                return then(slots)
        return default(slots)

    return evaluate


def _coalesce(parts: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(slots: Slots) -> Any:
        return next((value for part in parts if (value := part(slots)) is not None), None)

    return evaluate


def _has_any(value: frozenset[str], *wanted: str) -> bool:
    return not value.isdisjoint(wanted)


def _days_between(earlier: Any, later: Any) -> Decimal:
    return Decimal((later - earlier).days)


_STRICT: dict[str, Callable[..., Any]] = {
    "ABS": EXACT.abs,
    "DAYS_BETWEEN": _days_between,
    "GREATEST": max,
    "HAS_ANY": _has_any,
    "LEAST": min,
    "ROUND": lambda value, decimals: arithmetic.to_decimals(value, int(decimals)),
    "ROUND_DOWN": arithmetic.down_to_step,
    "ROUND_NEAREST": arithmetic.nearest_step,
    "ROUND_UP": arithmetic.up_to_step,
    "STARTS_WITH": str.startswith,
}


def _call(node: Call, arguments: tuple[Evaluate, ...]) -> Evaluate:
    if node.function == "COALESCE":
        return _coalesce(arguments)
    if node.function == "DIVIDE":
        decimals, largest = node.type.scale, node.type.bound
        return _strict_pair(
            lambda above, below: arithmetic.divide(above, below, decimals, largest), *arguments[:2]
        )
    return _strict(_STRICT[node.function], arguments)
