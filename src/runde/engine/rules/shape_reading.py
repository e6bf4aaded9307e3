"""The shape of a criterion, read from its checked expression."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from runde.engine.rules.tree import Call, Comparison, Literal, Logic, Membership, Name, Node, Not
from runde.engine.rules.value_types import Kind

SECTION, INDUSTRY_CODE = "nace_section", "nace_code"
"""The two register facts behind the kind "industry": the letter of the section, and the code."""

NUMBER_KINDS = ("at_least", "more_than", "at_most", "less_than", "between", "equals")
DATE_KINDS = ("before", "on_or_before", "after", "on_or_after", "between")
KINDS_OF = {
    Kind.TEXT: ("one_of", "none_of", "equals", "starts_with"),
    Kind.CODES: ("one_of",),
    Kind.BOOLEAN: ("is_true", "is_false"),
    Kind.NUMBER: NUMBER_KINDS,
    Kind.DATE: DATE_KINDS,
}
KINDS = tuple(dict.fromkeys(("industry", *(kind for kinds in KINDS_OF.values() for kind in kinds))))

OPERATORS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "equals": "="}
DATE_OPERATORS = {"before": "<", "on_or_before": "<=", "after": ">", "on_or_after": ">="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True, slots=True)
class Shape:
    """`kind` is one of KINDS; `name` the fact, derived value or amount row it looks at.

    `values` are written as in a rule set's data ("0.30", "2026-03-01", "I"); a value in braces,
    ``{required_drop}``, is the name of a parameter. "between" has two, both inclusive; "is_true" and
    "is_false" none. An "industry" mixes section letters and the beginnings of codes: ("I", "S", "79").
    """

    kind: str
    name: str
    values: tuple[str, ...] = ()


def parameter_in(value: str) -> str | None:
    """The parameter's name in a shape's value, or None when it is a plain value."""
    return value[1:-1] if value.startswith("{") and value.endswith("}") else None


def limit_kind(node: Node) -> str | None:
    """How the expression limits what it looks at, "at_least" and so on; None when it has no such word."""
    shape = shape_in(node)
    return shape.kind if shape and shape.kind in (*NUMBER_KINDS, *DATE_KINDS) else None


def shape_in(node: Node) -> Shape | None:
    """The shape of a checked expression."""
    match node:
        case Name(constant=False, name=name):
            return Shape("is_true", name)
        case Not(operand=Name(constant=False, name=name)):
            return Shape("is_false", name)
        case Not(operand=Membership() as listed):
            found = _listed(listed)
            return None if found is None else replace(found, kind="none_of")
        case Membership():
            return _listed(node)
        case Comparison():
            return _compared(node)
        case Call(function="STARTS_WITH" | "HAS_ANY"):
            return _called(node)
        case Logic():
            return _between(node) or _industry(node)
    return None


def shapes_joined(node: Node) -> tuple[str, tuple[Shape, ...]]:
    """The shapes a checked expression joins, and the word between them; ("", ()) when one of them has no shape."""
    whole = shape_in(node) or _between_names(node)
    if whole is not None:
        return "", (whole,)
    if not isinstance(node, Logic):
        return "", ()
    parts = [shape_in(part) or _between_names(part) for part in node.parts]
    known = tuple(part for part in parts if part is not None)
    return (node.operator, known) if len(known) == len(parts) else ("", ())


def _between_names(node: Node) -> Shape | None:
    """One value compared with another of the same case: the other's name in braces."""
    match node:
        case Comparison(left=Name(constant=False) as left, right=Name(constant=False, name=other)):
            operators = DATE_OPERATORS if left.type.kind is Kind.DATE else OPERATORS
            kind = next((kind for kind, one in operators.items() if one == node.operator), None)
            return None if kind is None else Shape(kind, left.name, (f"{{{other}}}",))
    return None


def _value(node: Node) -> str | None:
    """A constant as a shape writes it; None for anything else."""
    match node:
        case Literal(value=bool()):
            return None
        case Literal(value=Decimal() as number):
            return format(number, "f")
        case Literal(value=date() as day):
            return day.isoformat()
        case Literal(value=str() as text):
            return None if parameter_in(text) is not None else text
        case Name(constant=True, name=name):
            return f"{{{name}}}"
    return None


def _shape(kind: str, name: str, values: Sequence[str | None]) -> Shape | None:
    known = [value for value in values if value is not None]
    return Shape(kind, name, tuple(known)) if len(known) == len(values) else None


def _listed(node: Membership) -> Shape | None:
    if not isinstance(node.operand, Name) or node.operand.constant:
        return None
    return _shape("one_of", node.operand.name, [_value(value) for value in node.values])


def _compared(node: Comparison) -> Shape | None:
    left, right, operator = node.left, node.right, node.operator
    if isinstance(right, Name) and not right.constant:
        left, right, operator = right, left, _MIRRORED.get(operator, operator)
    if not isinstance(left, Name) or left.constant:
        return None
    operators = DATE_OPERATORS if left.type.kind is Kind.DATE else OPERATORS
    kind = next((kind for kind, one in operators.items() if one == operator), None)
    if kind is None or left.type.kind is Kind.BOOLEAN:
        return None
    return _shape(kind, left.name, [_value(right)])


def _called(node: Call) -> Shape | None:
    fact, *values = node.arguments
    if not isinstance(fact, Name) or fact.constant:
        return None
    kind = "one_of" if node.function == "HAS_ANY" else "starts_with"
    kind = "industry" if kind == "starts_with" and fact.name == INDUSTRY_CODE else kind
    name = SECTION if kind == "industry" else fact.name
    return _shape(kind, name, [_value(value) for value in values])


def _between(node: Logic) -> Shape | None:
    if node.operator != "and" or len(node.parts) != 2:
        return None
    low, high = (_compared(part) if isinstance(part, Comparison) else None for part in node.parts)
    if low is None or high is None or low.name != high.name:
        return None
    if (low.kind, high.kind) not in (("at_least", "at_most"), ("on_or_after", "on_or_before")):
        return None
    return Shape("between", low.name, low.values + high.values)


def _industry(node: Logic) -> Shape | None:
    """Sections first, then beginnings of codes, as `expression_of` writes them."""
    if node.operator != "or":
        return None
    sections: list[str] = []
    codes: list[str] = []
    for part in node.parts:
        shape = shape_in(part)
        if shape is not None and shape.kind == "industry" and isinstance(part, Call):
            codes += shape.values
        elif shape is not None and (shape.kind, shape.name) in (("one_of", SECTION), ("equals", SECTION)):
            sections += shape.values
        else:
            return None
    plain = all(parameter_in(value) is None for value in sections + codes)
    return Shape("industry", SECTION, (*sections, *codes)) if plain else None
