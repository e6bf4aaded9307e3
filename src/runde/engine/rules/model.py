"""A rule set with every expression checked: what both evaluators and the wording read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, Inexact
from functools import lru_cache
from typing import Any

from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.checking import Scope, check_expression
from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.parsing import FUNCTIONS
from runde.engine.rules.ruleset import Criterion, DatedValue, Fact, Parameter, RuleSet
from runde.engine.rules.templates import template_problems
from runde.engine.rules.tree import Node, names_in
from runde.engine.rules.value_types import NOK, PLAIN, TEXT, Kind, ValueType
from runde.engine.rules.widths import as_kind

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_NUMBERED = re.compile(r"(threshold|figure)_\d+")
_TAKEN = frozenset(name.lower() for name in FUNCTIONS)
RESERVED = frozenset({"threshold", "figure", "limit", "list", "distance", "missing"}) | _TAKEN
"""Words with a meaning of their own in expressions or texts."""


@dataclass(frozen=True, slots=True)
class CheckedRules:
    """`named` holds derived values and amount rows in the order they are worked out."""

    ruleset: RuleSet
    types: Mapping[str, ValueType]
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    named: Mapping[str, Node]
    criteria: Mapping[str, Node]

    def constants_on(self, day: date) -> dict[str, DatedValue]:
        """Each parameter's value on the day. Raises RuleError for one that is used and has none."""
        values = self.values_on(day)
        used = self.used_names()
        lacking = [name for name in self.parameters if name in used and name not in values]
        if lacking:
            raise RuleError(_no_value(name, day) for name in lacking)
        return values

    def values_on(self, day: date) -> dict[str, DatedValue]:
        """The parameters that have a value on the day: for sentences, which may stand half-filled."""
        values = {name: parameter.on(day) for name, parameter in self.parameters.items()}
        return {name: value for name, value in values.items() if value is not None}

    def facts_behind(self, names: Iterable[str]) -> frozenset[str]:
        """The facts that names rest on, through derived values and rows of the amount; parameters left out."""
        found: set[str] = set()
        left = list(names)
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += names_in(self.named[name]) if name in self.named else ()
        return frozenset(found & self.facts.keys())

    def used_names(self) -> frozenset[str]:
        trees = (*self.named.values(), *self.criteria.values())
        return frozenset(name for tree in trees for name in names_in(tree))


def _no_value(name: str, day: date) -> Problem:
    message = f"Parameteren «{name}» har ingen verdi {day.isoformat()}."
    return Problem(
        "parameter_value", message, f"parameters.{name}", expected="en verdi som gjelder den dagen"
    )


def check_rules(ruleset: RuleSet) -> CheckedRules:
    """Check names, types, expressions and texts. Raises RuleError listing every problem."""
    problems: list[Problem] = list(_name_problems(ruleset))
    types, constants = _declared(ruleset, problems)
    scope = Scope(types, frozenset(constants))
    named: dict[str, Node] = {}
    criteria: dict[str, Node] = {}
    for derived in ruleset.derived:
        node = _try(problems, derived.expression, scope, f"derived.{derived.name}.expression")
        _add(named, scope, derived.name, node)
    for row in ruleset.amount:
        node = _try(problems, row.expression, scope, f"amount.{row.name}.expression", _require_amount)
        _add(named, scope, row.name, node)
    for criterion in ruleset.criteria:
        where = f"criteria.{criterion.slug}.expression"
        node = _try(problems, criterion.expression, scope, where, _require_verdict)
        if node is not None:
            criteria[criterion.slug] = node
    problems.extend(_amount_problems(ruleset, scope))
    checked = CheckedRules(
        ruleset, scope.types, {fact.name: fact for fact in ruleset.facts}, constants, named, criteria
    )
    problems.extend(template_problems(ruleset, criteria, named, scope.types))
    if problems:
        raise RuleError(_without_echoes(problems, ruleset, named))
    return checked


def _without_echoes(
    problems: list[Problem], ruleset: RuleSet, named: Mapping[str, Node]
) -> tuple[Problem, ...]:
    """Leaves out complaints that a name is unknown when the fault is in that name's own expression."""
    written = {one.name for one in ruleset.derived} | {one.name for one in ruleset.amount}
    broken = written - set(named)
    return tuple(one for one in problems if one.found not in broken) or tuple(problems)


def _declared(ruleset: RuleSet, problems: list[Problem]) -> tuple[dict[str, ValueType], dict[str, Parameter]]:
    types = {fact.name: fact.value_type for fact in ruleset.facts}
    constants = {parameter.name: parameter for parameter in ruleset.parameters}
    for parameter in ruleset.parameters:
        types[parameter.name] = parameter.value_type
        admit = admission(parameter.value_type, parameter.name)
        values = [admit(dated.value) for dated in parameter.values]
        if None in values:
            message = "Verdien er for stor, for nøyaktig eller tom."
            problems.append(Problem("value", message, f"parameters.{parameter.name}"))
        elif values and parameter.value_type.kind is Kind.NUMBER:
            types[parameter.name] = _narrowed(parameter.value_type, values)
    return types, constants


def _narrowed(value_type: ValueType, values: Sequence[Decimal]) -> ValueType:
    """The type holding just these figures: what a cap cannot pass need not be made room for."""
    units = [int(value.scaleb(value_type.scale, EXACT)) for value in values]
    return replace(value_type, low=min(units), high=max(units))


def _add(named: dict[str, Node], scope: Scope, name: str, node: Node | None) -> None:
    if node is not None:
        named[name] = node
        scope.add(name, node.type)


def _try(
    problems: list[Problem],
    expression: str,
    scope: Scope,
    where: str,
    require: Callable[[Node], None] | None = None,
) -> Node | None:
    try:
        node = check_expression(expression, scope)
        if require is not None:
            require(node)
    except RuleError as error:
        problems.extend(error.at(where).problems)
        return None
    return node


def _require_verdict(node: Node) -> None:
    if node.type.kind is not Kind.BOOLEAN:
        found = node.type.described()
        message = f"Et krav må kunne være oppfylt eller ikke, men dette gir {found}."
        suggestion = as_kind(node, Kind.BOOLEAN)
        raise RuleError(Problem("type", message, "", node.start, node.end, "ja/nei", found, suggestion))


def _require_amount(node: Node) -> None:
    if node.type.kind is not Kind.NUMBER:
        found = node.type.described()
        message = f"En rad i beregningen må gi et tall, men dette gir {found}."
        suggestion = as_kind(node, Kind.NUMBER)
        raise RuleError(Problem("type", message, "", node.start, node.end, "tall", found, suggestion))


def _name_problems(ruleset: RuleSet) -> Iterable[Problem]:
    seen: set[str] = set()
    places = [
        *((f"facts.{fact.name}", fact.name) for fact in ruleset.facts),
        *((f"parameters.{parameter.name}", parameter.name) for parameter in ruleset.parameters),
        *((f"derived.{derived.name}", derived.name) for derived in ruleset.derived),
        *((f"amount.{row.name}", row.name) for row in ruleset.amount),
    ]
    for where, name in places:
        yield from _one_name(where, name, seen)
    slugs: set[str] = set()
    for criterion in ruleset.criteria:
        yield from _one_name(f"criteria.{criterion.slug}", criterion.slug, slugs)
        yield from _span_problems(criterion)


def _span_problems(criterion: Criterion) -> Iterable[Problem]:
    first, last = criterion.valid_from, criterion.valid_to
    if first is not None and last is not None and last < first:
        message = "Kravet slutter å gjelde før det begynner."
        expected = f"{first.isoformat()} eller senere"
        yield Problem("period", message, f"criteria.{criterion.slug}.valid_to", None, None, expected)


def _one_name(where: str, name: str, seen: set[str]) -> Iterable[Problem]:
    if not _NAME.fullmatch(name):
        message = f"«{name[:60]}» kan ikke være et navn."
        yield Problem("name", message, where, expected="små bokstaver a–z, tall og understrek")
    elif name in RESERVED or _NUMBERED.fullmatch(name) or not _reads_as_name(name):
        yield Problem("name", f"«{name}» er et ord språket bruker selv.", where, expected="et annet navn")
    if name in seen:
        yield Problem("duplicate", f"Navnet «{name}» er brukt to ganger.", where, expected="ulike navn")
    seen.add(name)


@lru_cache(maxsize=4096)
def _reads_as_name(name: str) -> bool:
    try:
        return names_in(check_expression(name, Scope({name: TEXT}))) == (name,)
    except RuleError:
        return False


def _amount_problems(ruleset: RuleSet, scope: Scope) -> Iterable[Problem]:
    rows = ruleset.amount
    earlier: set[str] = set()
    for row in rows:
        if row.applies_to is not None and row.applies_to not in earlier:
            message = f"Raden «{row.applies_to}» står ikke tidligere i beregningen."
            yield Problem("unknown_name", message, f"amount.{row.name}.applies_to")
        earlier.add(row.name)
    if not rows:
        return
    if [row.kind for row in rows].count("total") != 1 or rows[-1].kind != "total":
        yield Problem("amount", "Beregningen må ende med én rad av typen total.", "amount")
    total = scope.types.get(rows[-1].name)
    if total is not None and total.scale > 2:
        message = "Totalen må være rundet av til hele øre eller kroner, for eksempel med ROUND_DOWN(…, 100)."
        yield Problem("rounding", message, f"amount.{rows[-1].name}", expected="høyst to desimaler")
    if total is not None and total.unit not in (NOK, PLAIN):
        message = f"Totalen må være kroner, men er {total.described()}."
        yield Problem("unit", message, f"amount.{rows[-1].name}", expected="kroner")


def admission(value_type: ValueType, name: str) -> Callable[[Any], Any]:
    """How a handed-in value enters the evaluator.

    Gives None (unknown) for empty text and for numbers that are too large or have more decimals than
    the type; raises RuleError for a value of the wrong Python type, which is a fault in the caller.
    """
    if value_type.kind is Kind.NUMBER:
        return _number_admission(value_type, name)
    accepted, convert = _OTHERS[value_type.kind]

    def admit(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, accepted) or type(value).__name__ == "datetime":
            raise wrong_value(name, value_type, value)
        return convert(value)

    return admit


_OTHERS: dict[Kind, tuple[Any, Callable[[Any], Any]]] = {
    Kind.TEXT: (str, lambda value: value or None),
    Kind.BOOLEAN: (bool, bool),
    Kind.DATE: (date, lambda value: value),
    Kind.CODES: ((frozenset, set, tuple, list), frozenset),
}


def _number_admission(value_type: ValueType, name: str) -> Callable[[Any], Any]:
    quantum = Decimal(1).scaleb(-value_type.scale)
    limit = Decimal(value_type.bound).scaleb(-value_type.scale, EXACT)
    lowest = -limit

    def admit(value: Any) -> Decimal | None:
        if value is None:
            return None
        if type(value) is not Decimal:
            if type(value) is not int:
                raise wrong_value(name, value_type, value)
            value = Decimal(value)
        return settled(value)

    def settled(value: Decimal) -> Decimal | None:
        if not value.is_finite() or not lowest <= value <= limit:
            return None
        try:
            return value.quantize(quantum, context=EXACT)
        except Inexact:
            return None

    return admit


def wrong_value(name: str, value_type: ValueType, value: object) -> RuleError:
    found, expected = type(value).__name__, value_type.described()
    message = f"Opplysningen «{name}» kom som {found}, men skal være {expected}."
    return RuleError(Problem("wrong_value", message, name, expected=expected, found=found))
