"""The checked tree: an expression whose names, types and sizes are known to be right.

Only `checking` makes these nodes. Both evaluators, the wording and the explanation read them, which
is why they cannot disagree about what a rule says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules.value_types import ValueType

Scalar = str | bool | Decimal | date | frozenset[str] | None
"""A value inside the evaluator; None is unknown. Numbers are always Decimal here."""


@dataclass(frozen=True, slots=True)
class Node:
    type: ValueType
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A fact, a parameter, a derived value or an earlier amount row."""

    name: str
    constant: bool
    """True for parameters: the same for every case on one date."""


@dataclass(frozen=True, slots=True)
class Negative(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    operator: str
    """One of + - *"""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    operator: str
    """One of = <> < <= > >="""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    operator: str
    """and, or"""
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Membership(Node):
    operand: Node
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """CASE WHEN … THEN … ELSE … END; a condition that is unknown makes the whole unknown."""

    branches: tuple[tuple[Node, Node], ...]
    default: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: str
    arguments: tuple[Node, ...]


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Negative(operand=operand) | Not(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right) | Comparison(left=left, right=right):
            return (left, right)
        case Logic(parts=parts):
            return parts
        case Membership(operand=operand, values=values):
            return (operand, *values)
        case Choice(branches=branches, default=default):
            return (*(part for branch in branches for part in branch), default)
        case Call(arguments=arguments):
            return arguments
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Node) -> tuple[str, ...]:
    """The names an expression mentions, each once, in the order written."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))


def is_constant(node: Node) -> bool:
    """True when the value is the same for every case (literals and parameters only)."""
    return all(part.constant for part in walk(node) if isinstance(part, Name))
