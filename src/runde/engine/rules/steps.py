"""Every part of an expression with its value: the full working behind one answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from runde.engine.rules import wording
from runde.engine.rules.tree import Literal, Node, children
from runde.engine.rules.value_types import ValueType
from runde.engine.rules.verdict import to_plain
from runde.engine.rules.writing import written


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an expression, as an expression, and what it came to; None for unknown."""

    expression: str
    value: Any
    type: ValueType

    def shown(self, language: str) -> str:
        return wording.shown(self.value, self.type, language)

    def to_dict(self) -> dict[str, Any]:
        return {"expression": self.expression, "value": to_plain(self.value)}


def steps_of(node: Node, value_of: Callable[[Node], Any]) -> tuple[Step, ...]:
    """The parts of the expression, innermost first and left to right, each once; bare figures left out."""
    steps = (Step(written(part), value_of(part), part.type) for part in _inner_first(node))
    return tuple({step.expression: step for step in steps}.values())


def _inner_first(node: Node) -> Iterator[Node]:
    for child in children(node):
        yield from _inner_first(child)
    if not isinstance(node, Literal):
        yield node
