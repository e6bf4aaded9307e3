"""A form's conditions in words, and made from what a person chose and typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from runde.engine.reference.api import amount_text, date_text, number_text, share_text
from runde.engine.rules import (
    Fact,
    Problem,
    RuleError,
    RuleSet,
    Shape,
    compile_condition,
    expression_of,
    shape_from_typed,
)

from .condition_names import ConditionName, Form, condition_names
from .refusals import DraftRefused

WORDS: Mapping[str, str] = {
    "one_of": "er {}",
    "none_of": "ikke er {}",
    "equals": "er {}",
    "starts_with": "begynner med {}",
    "at_least": "er minst {}",
    "more_than": "er mer enn {}",
    "at_most": "er høyst {}",
    "less_than": "er mindre enn {}",
    "between": "er fra {} til {}",
    "before": "er før {}",
    "on_or_before": "er senest {}",
    "after": "er etter {}",
    "on_or_after": "er tidligst {}",
    "is_true": "er ja",
    "is_false": "er nei",
}
JOINED = {"and": " og ", "or": " eller ", "": ""}


@dataclass(frozen=True, slots=True)
class ConditionPart:
    """One comparison of a condition: its words, and the expression that says the same alone."""

    words: str
    expression: str


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """`joined` is "and", "or" or "". No parts: only the formula can show what it says."""

    expression: str
    joined: str
    parts: tuple[ConditionPart, ...]

    @property
    def words(self) -> str:
        """ "«Ansatte» er minst 5 og «Deltar i kjede» er nei", or the formula itself."""
        if not self.parts:
            return f"formelen {self.expression} er sann"
        return JOINED[self.joined].join(part.words for part in self.parts)


def condition_shown(form: Form, expression: str) -> ConditionShown:
    """A condition that stands in the form, shown back. One that cannot be read is shown as its formula."""
    names = condition_names(form)
    try:
        read = compile_condition(expression, {name: one.fact.value_type for name, one in names.items()})
    except RuleError:
        return ConditionShown(expression, "", ())
    joined, shapes = read.shapes()
    rules = _as_rules(names)
    return ConditionShown(expression, joined, tuple(_part(shape, names, rules) for shape in shapes))


def condition_from_typed(form: Form, kind: str, name: str, typed: Sequence[str]) -> str:
    """The expression of what was chosen and typed: "at_least", "employees", ["5"].

    A value in braces is the name of another answer to compare with. Raises DraftRefused with how to mend it.
    """
    names = condition_names(form)
    if name not in names:
        raise DraftRefused(["Svaret finnes ikke lenger. Velg på nytt."])
    rules = _as_rules(names)
    try:
        if len(typed) == 1 and _other(typed[0]) in names:
            return _compared(kind, name, _other(typed[0]), names)
        return expression_of(shape_from_typed(rules, kind, name, typed), rules)
    except RuleError as error:
        raise DraftRefused([problem.sentence() for problem in error.problems]) from error


def joined_condition(before: str, added: str, word: str) -> str:
    """Both conditions with "and" or "or" between; each in brackets where that could be read in two ways."""
    if not before:
        return added
    operator = "OR" if word == "or" else "AND"
    return f" {operator} ".join(_bracketed(one, operator) for one in (before, added))


def _bracketed(expression: str, operator: str) -> str:
    upper = f" {expression.upper()} "
    is_plain = " OR " not in upper and (operator == "AND" or " AND " not in upper)
    return expression if is_plain else f"({expression})"


def without_part(shown: ConditionShown, place: int) -> str:
    """The condition without one of its comparisons; "" when none is left."""
    kept = [part.expression for number, part in enumerate(shown.parts) if number != place]
    whole = kept[:1]
    for one in kept[1:]:
        whole = [joined_condition(whole[0], one, shown.joined)]
    return "".join(whole)


_OPERATORS = {
    "at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "equals": "=",
    "before": "<", "on_or_before": "<=", "after": ">", "on_or_after": ">=",
}  # fmt: skip


def _other(value: str) -> str:
    return value[1:-1] if value.startswith("{") and value.endswith("}") else ""


def _compared(kind: str, name: str, other: str, names: Mapping[str, ConditionName]) -> str:
    """One answer against another."""
    expression = f"{name} {_OPERATORS.get(kind, '=')} {other}"
    compile_condition(expression, {one: found.fact.value_type for one, found in names.items()})
    return expression


def _part(shape: Shape, names: Mapping[str, ConditionName], rules: RuleSet) -> ConditionPart:
    return ConditionPart(_words(shape, names), _written(shape, rules))


def _written(shape: Shape, rules: RuleSet) -> str:
    other = _other(shape.values[0]) if len(shape.values) == 1 else ""
    if other:
        return f"{shape.name} {_OPERATORS[shape.kind]} {other}"
    return expression_of(shape, rules)


def _words(shape: Shape, names: Mapping[str, ConditionName]) -> str:
    fact = names[shape.name].fact
    label = f"«{names[shape.name].label}»"
    values = [_value(one, fact, names) for one in shape.values]
    if shape.kind == "industry":
        return f"{label} er {_listed(values, 'eller')}"
    if shape.kind == "one_of" and fact.type == "codes":
        return f"{label} har {_listed(values, 'eller')}"
    if shape.kind in ("one_of", "none_of"):
        return f"{label} {WORDS[shape.kind].format(_listed(values, 'eller'))}"
    return f"{label} {WORDS[shape.kind].format(*values)}"


def _value(value: str, fact: Fact, names: Mapping[str, ConditionName]) -> str:
    other = _other(value)
    if other in names:
        return f"«{names[other].label}»"
    if value in fact.codes:
        return f"«{fact.codes[value]['nb']}»"
    return _figure(value, fact.type)


def _figure(value: str, kind: str) -> str:
    match kind:
        case "money":
            return amount_text(Decimal(value))
        case "share":
            return share_text(Decimal(value), decimals=_decimals(Decimal(value) * 100))
        case "integer" | "decimal":
            return number_text(Decimal(value), decimals=_decimals(Decimal(value)))
        case "date":
            return date_text(date.fromisoformat(value))
    return f"«{value}»"


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent)) if number else 0


def _listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _as_rules(names: Mapping[str, ConditionName]) -> RuleSet:
    facts = tuple(one.fact for one in names.values())
    return RuleSet(name="form", version="1", title={"nb": "Skjema"}, facts=facts, criteria=())


def condition_problem(form: Form, expression: str) -> Problem | None:
    """What is wrong with a formula somebody wrote, as the rules tell it; None when it holds."""
    types = {name: one.fact.value_type for name, one in condition_names(form).items()}
    try:
        compile_condition(expression, types)
    except RuleError as error:
        return error.first
    return None
