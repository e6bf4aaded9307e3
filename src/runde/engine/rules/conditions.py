"""One yes-or-no expression on its own: when a question is shown, when an answer is demanded, what must hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from runde.engine.rules.checking import Scope, check_expression, names_written
from runde.engine.rules.closures import Evaluate, closure
from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.model import admission
from runde.engine.rules.shape_reading import Shape, shapes_joined
from runde.engine.rules.tree import Node, names_in
from runde.engine.rules.value_types import Kind, ValueType
from runde.engine.rules.widths import as_kind

__all__ = ["Condition", "compile_condition", "names_written"]


@dataclass(frozen=True)
class Condition:
    """A checked expression that is true, false or unknown. Keep it: compiling takes milliseconds."""

    expression: str
    names: tuple[str, ...]
    """The names it mentions, each once, in the order written."""
    _node: Node = field(repr=False)
    _types: Mapping[str, ValueType] = field(repr=False)

    def holds(self, values: Mapping[str, Any]) -> bool | None:
        """Whether it holds; None when what is lacking could decide it either way.

        Names that are not in `values`, or None, are unknown; others are ignored. Raises RuleError for a value of
        the wrong Python type.
        """
        admit = self._admissions
        outcome = self._evaluate([admit[name](values.get(name)) for name in self.names])
        return None if outcome is None else bool(outcome)

    def shapes(self) -> tuple[str, tuple[Shape, ...]]:
        """The comparisons it consists of, and the word that joins them: "and", "or", or "" for a lone one.

        ("", ()) when only the formula can show what it says. A value in braces is another name.
        """
        return shapes_joined(self._node)

    @cached_property
    def _admissions(self) -> Mapping[str, Any]:
        return {name: admission(self._types[name], name) for name in self.names}

    @cached_property
    def _evaluate(self) -> Evaluate:
        return closure(self._node, {name: place for place, name in enumerate(self.names)})


def compile_condition(expression: str, types: Mapping[str, ValueType]) -> Condition:
    """Check an expression over names of these types. Raises RuleError with the position of the fault."""
    node = check_expression(expression, Scope(types))
    if node.type.kind is not Kind.BOOLEAN:
        found = node.type.described()
        message = f"Et vilkår må kunne være oppfylt eller ikke, men dette gir {found}."
        suggestion = as_kind(node, Kind.BOOLEAN)
        raise RuleError(Problem("type", message, "", node.start, node.end, "ja/nei", found, suggestion))
    names = names_in(node)
    return Condition(expression, names, node, {name: types[name] for name in names})
