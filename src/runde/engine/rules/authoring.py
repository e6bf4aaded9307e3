"""A rule set changed part by part: criteria, rows, derived values and facts, added, altered, removed.

Every function gives a new rule set that has been checked whole, and raises RuleError with every problem
when it does not hold. Removing what others use is refused with who uses it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from runde.engine.rules.editable import checked, criterion_in, with_shape_labels
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.phrasing import generated_texts, named_parts
from runde.engine.rules.references import refuse_when_used
from runde.engine.rules.ruleset import (
    AmountRow,
    Criterion,
    DatedValue,
    Derived,
    Fact,
    Parameter,
    RuleSet,
    Texts,
    WhenNotMet,
)
from runde.engine.rules.shape_reading import Shape
from runde.engine.rules.shapes import expression_of, rules_of

Named = TypeVar("Named", Derived, AmountRow, Fact, Parameter)
_LONGEST_SLUG = 50


def new_criterion(
    ruleset: RuleSet,
    shape: Shape,
    *,
    when_not_met: WhenNotMet,
    texts: Mapping[str, Texts] | None = None,
    legal_reference: str = "",
    labels: Mapping[str, Texts] | None = None,
) -> RuleSet:
    """The rule set with one more criterion, last, whose slug is made from the shape.

    Without `texts` its sentences are made from the shape, in all three languages. `labels` is what
    people call the shape's values ({"3103": {"nb": "Moss"}}): a single value becomes a parameter with
    the label, and listed values go into the fact's code list.
    """
    slug = _free(f"{shape.name[:_LONGEST_SLUG]}_{shape.kind}", {one.slug for one in ruleset.criteria})
    ruleset, shape = _with_labelled_values(ruleset, shape, slug, labels or {})
    rules = rules_of(ruleset)
    expression = expression_of(shape, rules)
    said = generated_texts(shape, rules) if texts is None else texts
    criterion = Criterion(slug, expression, said, when_not_met, legal_reference=legal_reference)
    return checked(replace(ruleset, criteria=(*ruleset.criteria, criterion)))


def last_criterion(ruleset: RuleSet) -> Criterion:
    """The one `new_criterion` added."""
    return ruleset.criteria[-1]


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def _with_labelled_values(
    ruleset: RuleSet, shape: Shape, slug: str, labels: Mapping[str, Texts]
) -> tuple[RuleSet, Shape]:
    if shape.kind != "equals" or not set(shape.values) & set(labels):
        return with_shape_labels(ruleset, shape, labels), shape
    [value] = shape.values
    fact = ruleset.fact(shape.name)
    name = _free(f"{slug[:_LONGEST_SLUG]}_value", _names(ruleset))
    label = fact.label if fact is not None else {"nb": shape.name}
    parameter = Parameter(name, "text", label, (DatedValue(value, label=labels[value]),))
    ruleset = replace(ruleset, parameters=(*ruleset.parameters, parameter))
    return ruleset, replace(shape, values=(f"{{{name}}}",))


def _names(ruleset: RuleSet) -> set[str]:
    return {part.name for part in named_parts(ruleset)}


def with_criterion(ruleset: RuleSet, slug: str, **changes: Any) -> RuleSet:
    """The rule set with fields of one criterion changed; `shape` may be given in place of `expression`.

    A new shape brings new sentences, unless `texts` are given too. Raises RuleError for an unknown slug.
    """
    criterion, shape = criterion_in(ruleset, slug), changes.pop("shape", None)
    if shape is not None:
        rules = rules_of(ruleset)
        changes.setdefault("texts", generated_texts(shape, rules))
        changes["expression"] = expression_of(shape, rules)
    changed = replace(criterion, **changes)
    criteria = tuple(changed if one is criterion else one for one in ruleset.criteria)
    return checked(replace(ruleset, criteria=criteria))


def without_criterion(ruleset: RuleSet, slug: str) -> RuleSet:
    """The rule set without the criterion. Parameters it alone used stay, and may be used again."""
    criterion = criterion_in(ruleset, slug)
    return checked(replace(ruleset, criteria=tuple(one for one in ruleset.criteria if one is not criterion)))


def moved_criterion(ruleset: RuleSet, slug: str, place: int) -> RuleSet:
    """The rule set with the criterion in another place among the others; 0 is first."""
    criterion = criterion_in(ruleset, slug)
    rest = [one for one in ruleset.criteria if one is not criterion]
    rest.insert(max(0, place), criterion)
    return checked(replace(ruleset, criteria=tuple(rest)))


def with_derived(ruleset: RuleSet, derived: Derived) -> RuleSet:
    """The rule set with the derived value, in the place of one with the same name or last."""
    return checked(replace(ruleset, derived=_placed(ruleset.derived, derived)))


def with_fact(ruleset: RuleSet, fact: Fact) -> RuleSet:
    """The rule set with the fact, in the place of one with the same name or last."""
    return checked(replace(ruleset, facts=_placed(ruleset.facts, fact)))


def with_new_parameter(ruleset: RuleSet, parameter: Parameter) -> RuleSet:
    """The rule set with the parameter, in the place of one with the same name or last."""
    return checked(replace(ruleset, parameters=_placed(ruleset.parameters, parameter)))


def with_amount_row(ruleset: RuleSet, row: AmountRow, before: str | None = None) -> RuleSet:
    """The rule set with the row: in the place of one with the same name, or before the row named.

    Without `before` a new row comes just before the total, or last when there is no total yet.
    """
    if any(one.name == row.name for one in ruleset.amount):
        return checked(replace(ruleset, amount=_placed(ruleset.amount, row)))
    rows = list(ruleset.amount)
    place = _place_of_row(rows, row, before)
    rows.insert(place, row)
    return checked(replace(ruleset, amount=tuple(rows)))


def _place_of_row(rows: Sequence[AmountRow], row: AmountRow, before: str | None) -> int:
    names = [one.name for one in rows]
    if before is not None and before not in names:
        message = f"Beregningen har ikke raden «{before[:60]}»."
        raise RuleError(Problem("unknown_row", message, suggestion=closest(before, names)))
    if before is not None:
        return names.index(before)
    ends = bool(rows) and rows[-1].kind == "total" and row.kind != "total"
    return len(rows) - 1 if ends else len(rows)


def _placed(parts: tuple[Named, ...], part: Named) -> tuple[Named, ...]:
    placed = list(parts)
    places = [place for place, one in enumerate(parts) if one.name == part.name]
    if places:
        placed[places[0]] = part
    else:
        placed.append(part)
    return tuple(placed)


_PARTS = {"fact": "facts", "parameter": "parameters", "derived": "derived", "amount": "amount"}


def without_part(ruleset: RuleSet, kind: str, name: str) -> RuleSet:
    """The rule set without a "fact", "parameter", "derived" value or "amount" row.

    Raises RuleError naming every user when something in the rule set uses it.
    """
    field = _PARTS[kind]
    parts = getattr(ruleset, field)
    if name not in {one.name for one in parts}:
        message = f"Regelsettet har ikke «{name[:60]}»."
        raise RuleError(Problem("unknown_name", message, suggestion=closest(name, _names(ruleset))))
    refuse_when_used(ruleset, kind, name)
    rest: dict[str, Any] = {field: tuple(one for one in parts if one.name != name)}
    return checked(replace(ruleset, **rest))
