"""Common criteria without syntax: a shape says what is compared with what, in words a form can offer.

A shape and its expression say the same thing: `expression_of` writes the one, `shape_of` reads it back.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.model import CheckedRules, check_rules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import RuleSet
from runde.engine.rules.shape_reading import (
    DATE_OPERATORS,
    INDUSTRY_CODE,
    KINDS_OF,
    OPERATORS,
    SECTION,
    Shape,
    parameter_in,
    shape_in,
)
from runde.engine.rules.typed_values import field_kind, read_codes, read_one_code, read_typed
from runde.engine.rules.value_types import Kind, ValueType
from runde.engine.rules.writing import literal_text


def shapes_for(fact_type: str, name: str = "") -> tuple[str, ...]:
    """The kinds of shape a fact of the type can have; "industry" for the two register facts of it."""
    numbers = ("integer", "decimal", "money", "share")
    kinds = KINDS_OF[Kind.NUMBER if fact_type in numbers else Kind(fact_type)]
    return ("industry", *kinds) if name in (SECTION, INDUSTRY_CODE) else kinds


def rules_of(ruleset: RuleSet | CompiledRuleSet | CheckedRules) -> CheckedRules:
    """The checked form of any of the three. Raises RuleError for a rule set with problems in it."""
    if isinstance(ruleset, CheckedRules):
        return ruleset
    return ruleset.rules if isinstance(ruleset, CompiledRuleSet) else check_rules(ruleset)


def shape_of(ruleset: RuleSet | CompiledRuleSet, slug: str) -> Shape | None:
    """The shape of a criterion; None when only its formula can show what it says, or it is not there."""
    node = rules_of(ruleset).criteria.get(slug)
    return None if node is None else shape_in(node)


# -- from shape to expression ---------------------------------------------------------------------


def expression_of(shape: Shape, ruleset: RuleSet | CompiledRuleSet | CheckedRules) -> str:
    """The expression that says what the shape says. Raises RuleError for a shape that says nothing.

    The result is written, not checked: `new_criterion` and `with_criterion` check it in its place.
    """
    rules = rules_of(ruleset)
    value_type = type_of_name(rules, shape.name)
    _require_kind(shape, value_type)
    _require_values(shape)
    if shape.kind == "industry":
        return _industry_expression(shape)
    values = [_written(rules, value, value_type) for value in shape.values]
    return _TEMPLATES[shape.kind](shape.name, values, value_type)


def type_of_name(rules: CheckedRules, name: str) -> ValueType:
    """The type of a fact, derived value or amount row. Raises RuleError with the nearest name."""
    known = {**rules.facts, **rules.named}
    if name not in known:
        message = f"Vi kjenner ingen opplysning som heter «{name[:60]}»."
        raise RuleError(Problem("unknown_name", message, found=name[:60], suggestion=closest(name, known)))
    return rules.types[name]


def _require_kind(shape: Shape, value_type: ValueType) -> None:
    fits = shape.name == SECTION if shape.kind == "industry" else shape.kind in KINDS_OF[value_type.kind]
    if not fits:
        message = f"«{shape.name}» kan ikke ha et krav av slaget «{shape.kind[:40]}»."
        expected = "en av " + ", ".join(KINDS_OF[value_type.kind])
        raise RuleError(Problem("shape", message, expected=expected, found=shape.kind[:40]))


def _require_values(shape: Shape) -> None:
    count, many = len(shape.values), shape.kind in ("one_of", "none_of", "industry")
    wanted = {"between": 2, "is_true": 0, "is_false": 0}.get(shape.kind, 1)
    if not count if many else count != wanted:
        expected = "minst én verdi" if many else f"antall verdier: {wanted}"
        raise RuleError(Problem("shape", "Kravet mangler en verdi.", expected=expected))


def _industry_expression(shape: Shape) -> str:
    sections = [value for value in shape.values if value[:1].isalpha()]
    codes = [value for value in shape.values if not value[:1].isalpha()]
    parts = [f"{SECTION} IN ({', '.join(map(literal_text, sections))})"] if sections else []
    parts += [f"STARTS_WITH({INDUSTRY_CODE}, {literal_text(code)})" for code in codes]
    return " OR ".join(parts)


def _written(rules: CheckedRules, value: str, value_type: ValueType) -> str:
    name = parameter_in(value)
    if name is None:
        return literal(value, value_type)
    if name not in rules.parameters:
        message = f"Regelsettet har ingen parameter som heter «{name[:60]}»."
        suggestion = closest(name, rules.parameters)
        raise RuleError(Problem("unknown_name", message, found=name[:60], suggestion=suggestion))
    return name


_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,8})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def literal(value: str, value_type: ValueType) -> str:
    """A value in a rule set's data, written as an expression writes it. Raises RuleError."""
    if value_type.kind in (Kind.TEXT, Kind.CODES):
        return literal_text(value)
    if value_type.kind is Kind.DATE and _DAY.fullmatch(value):
        return f"DATE '{value}'"
    if value_type.kind is Kind.NUMBER and _NUMBER.fullmatch(value):
        return value
    message, expected = f"«{value[:40]}» passer ikke her.", value_type.described()
    raise RuleError(Problem("value", message, expected=expected, found=value[:40]))


_Write = Callable[[str, Sequence[str], ValueType], str]


def _listing(name: str, values: Sequence[str], value_type: ValueType) -> str:
    joined = ", ".join(values)
    return f"HAS_ANY({name}, {joined})" if value_type.kind is Kind.CODES else f"{name} IN ({joined})"


def _comparing(operator: str) -> _Write:
    return lambda name, values, value_type: f"{name} {operator} {values[0]}"


_TEMPLATES: Mapping[str, _Write] = {
    "one_of": _listing,
    "none_of": lambda name, values, value_type: f"{name} NOT IN ({', '.join(values)})",
    "starts_with": lambda name, values, value_type: f"STARTS_WITH({name}, {values[0]})",
    "between": lambda name, values, value_type: f"{name} BETWEEN {values[0]} AND {values[1]}",
    "is_true": lambda name, values, value_type: name,
    "is_false": lambda name, values, value_type: f"NOT {name}",
    **{kind: _comparing(operator) for kind, operator in (OPERATORS | DATE_OPERATORS).items()},
}


# -- from what is typed to shape ------------------------------------------------------------------


def shape_from_typed(
    ruleset: RuleSet | CompiledRuleSet, kind: str, name: str, typed: Sequence[str], where: str = ""
) -> Shape:
    """The shape of what an adviser chose and typed: "30" for a share, "1.3.2026" for a date.

    Raises RuleError in Norwegian, with what was expected, for a value that cannot be read.
    """
    rules = rules_of(ruleset)
    value_type = type_of_name(rules, SECTION if kind == "industry" else name)
    if kind in ("one_of", "none_of", "industry"):
        name = SECTION if kind == "industry" else name
        shape = Shape(kind, name, read_list(rules, kind, name, typed, where))
    else:
        shape = Shape(kind, name, tuple(_canonical(value_type, text, where) for text in typed))
    expression_of(shape, ruleset)
    return shape


_BEGINNING = re.compile(r"\d{1,2}(\.\d{0,3})?", re.ASCII)


def read_list(
    rules: CheckedRules, kind: str, name: str, typed: str | Sequence[str], where: str = ""
) -> tuple[str, ...]:
    """The values of a typed list: codes, or the names of codes in the fact's code list.

    An industry also takes the beginning of any industry code, "55" or "56.1". Raises RuleError.
    """
    codes = dict(rules.types[name].codes)
    if kind != "industry":
        return read_codes(typed, codes, where)
    if INDUSTRY_CODE in rules.types:
        codes |= rules.types[INDUSTRY_CODE].codes
    return read_codes(typed, codes, where, _BEGINNING)


def _canonical(value_type: ValueType, text: str, where: str) -> str:
    field = field_kind(value_type)
    if field == "codes":
        return read_one_code(text, value_type.codes, where)
    value = read_typed(field, text, where)
    return format(value, "f") if isinstance(value, Decimal) else str(value)
