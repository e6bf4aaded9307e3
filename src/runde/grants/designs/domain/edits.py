"""Edits of what a draft decides by: content in, changed content out. Nothing is stored or changed in place.

Each raises RuleError when what was typed cannot be read or the rules would not hold: every Problem says where,
what and how to mend it, in Norwegian. Texts and questions are changed in `domain.wording`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules import (
    AmountRow,
    Derived,
    Fact,
    Parameter,
    Problem,
    RuleError,
    RuleSet,
    Shape,
    new_criterion,
    shape_from_typed,
    with_amount_row,
    with_amount_value,
    with_criterion,
    with_derived,
    with_fact,
    with_new_parameter,
    with_parameter_value,
    with_value,
    without_criterion,
    without_part,
)
from runde.engine.whatif import Assumption, Design, PlannedSource, TakeUp
from runde.grants.schemes.api import register_facts

from .content import Content, design_of, ruleset_of

Texts = Mapping[str, str]
MUNICIPALITY = "municipality"
_QUOTED = re.compile(r"'([^']+)'")


def set_value(
    content: Content,
    slug: str,
    name: str,
    typed: str,
    *,
    on: date | None = None,
    label: Texts | None = None,
    source: str | None = None,
) -> Content:
    """Change a value in a requirement's sentence to what was typed; `name` is the Editable's.

    A parameter is changed in the figure in force on `on`. `source` says where the new figure is decided.
    """
    return _with_rules(
        content,
        lambda rules: with_value(_widened(rules), slug, name, typed, on=on, label=label, source=source),
    )


def set_amount_value(
    content: Content,
    row: str,
    name: str,
    typed: str,
    *,
    on: date | None = None,
    source: str | None = None,
) -> Content:
    """The same for a value in a row of the calculation."""
    return _with_rules(
        content, lambda rules: with_amount_value(rules, row, name, typed, on=on, source=source)
    )


def set_parameter(
    content: Content,
    name: str,
    typed: str,
    *,
    on: date | None = None,
    label: Texts | None = None,
    source: str | None = None,
) -> Content:
    """The same for a figure by its own name."""
    return _with_rules(
        content,
        lambda rules: with_parameter_value(rules, name, typed, on=on, label=label, source=source),
    )


def add_criterion(
    content: Content,
    shape: Shape,
    *,
    when_not_met: str = "refuse",
    texts: Mapping[str, Texts] | None = None,
    legal_reference: str = "",
) -> Content:
    """Add a requirement, last. A register fact the rules do not have yet is brought in from the catalogue."""

    def added(rules: RuleSet) -> RuleSet:
        return new_criterion(
            _with_known(_widened(rules), shape.name),
            shape,
            when_not_met=_outcome(when_not_met),
            texts=texts,
            legal_reference=legal_reference,
        )

    return _with_rules(content, added)


def add_typed_criterion(
    content: Content,
    kind: str,
    name: str,
    typed: Sequence[str],
    *,
    when_not_met: str = "refuse",
    legal_reference: str = "",
) -> Content:
    """Add a requirement as an adviser chose and typed it: "at_least", "employees", ["5"]."""
    rules = _with_known(_widened(ruleset_of(content)), name)
    shape = shape_from_typed(rules, kind, name, typed)
    return add_criterion(content, shape, when_not_met=when_not_met, legal_reference=legal_reference)


def remove_criterion(content: Content, slug: str) -> Content:
    return _with_rules(content, lambda rules: without_criterion(rules, slug))


def set_outcome(content: Content, slug: str, when_not_met: str) -> Content:
    """`when_not_met` is "refuse" or "refer" (to discretion)."""
    outcome = _outcome(when_not_met)
    return _with_rules(content, lambda rules: with_criterion(rules, slug, when_not_met=outcome))


def set_criterion(content: Content, slug: str, **changes: Any) -> Content:
    """Fields of one requirement: `shape`, `expression`, `texts`, `legal_reference`, `valid_from`, `valid_to`."""

    def changed(rules: RuleSet) -> RuleSet:
        shape = changes.get("shape")
        known = _with_known(_widened(rules), shape.name) if shape is not None else _widened(rules)
        return with_criterion(known, slug, **changes)

    return _with_rules(content, changed)


def set_expression(content: Content, kind: str, name: str, expression: str) -> Content:
    """A formula written by hand. `kind` is "criterion", "derived" or "amount"."""

    def changed(rules: RuleSet) -> RuleSet:
        known = _with_names_in(_widened(rules), expression)
        if kind == "criterion":
            return with_criterion(known, name, expression=expression)
        if kind == "derived":
            return with_derived(known, replace(_found(known.derived, name), expression=expression))
        return with_amount_row(known, replace(_found(known.amount, name), expression=expression))

    return _with_rules(content, changed)


def set_amount_row(content: Content, row: AmountRow, before: str | None = None) -> Content:
    """Add or replace a row of the calculation; a new one stands before the row named, or before the total."""
    return _with_rules(
        content, lambda rules: with_amount_row(_with_names_in(rules, row.expression), row, before)
    )


def set_derived(content: Content, derived: Derived) -> Content:
    """Add or replace a value worked out from facts."""
    return _with_rules(
        content, lambda rules: with_derived(_with_names_in(rules, derived.expression), derived)
    )


def set_fact(content: Content, fact: Fact) -> Content:
    """Add or replace a fact. A new fact from the applicant needs a question too: see `ask_for`."""
    return _with_rules(content, lambda rules: with_fact(rules, fact))


def add_parameter(content: Content, parameter: Parameter) -> Content:
    """Add or replace a named figure."""
    return _with_rules(content, lambda rules: with_new_parameter(rules, parameter))


def remove_rule_part(content: Content, kind: str, name: str) -> Content:
    """Remove a "fact", "parameter", "derived" value or "amount" row that nothing in the rules uses."""
    return _with_rules(content, lambda rules: without_part(rules, kind, name))


def set_assumption(content: Content, assumption: Assumption) -> Content:
    """Add or replace what is assumed for one name."""
    [new] = _dumped(content, assumptions=(assumption,))["assumptions"]
    kept = [one for one in content["assumptions"] if one["name"] != assumption.name]
    return _judged({**content, "assumptions": [*kept, new]})


def remove_assumption(content: Content, name: str) -> Content:
    return _judged({**content, "assumptions": [one for one in content["assumptions"] if one["name"] != name]})


def set_take_up(content: Content, take_up: TakeUp | None) -> Content:
    """How many of the eligible will apply; None when nobody says."""
    new = _dumped(content, take_up=take_up)["take_up"] if take_up is not None else {}
    return _judged({**content, "take_up": new})


def set_sources(content: Content, sources: Sequence[PlannedSource]) -> Content:
    """The money planned, in the order it is used."""
    return _judged({**content, "sources": _dumped(content, sources=tuple(sources))["sources"]})


def _with_rules(content: Content, change: Callable[[RuleSet], RuleSet]) -> Content:
    changed = _trimmed(change(ruleset_of(content)))
    return _judged({**content, "rules": changed.to_dict()})


def _judged(content: Content) -> Content:
    """Assumptions and earmarks rest on the rules, and must still hold."""
    design_of(content)
    return content


def _dumped(content: Content, **parts: Any) -> dict[str, Any]:
    """Plain data of one part, written as the what-if writes it."""
    everyone = TakeUp(Decimal(1), Decimal(1), Decimal(1))
    bare = Design(ruleset_of(content), assumptions=(), take_up=everyone, sources=())
    return replace(bare, **parts).to_dict()


def _with_known(rules: RuleSet, name: str) -> RuleSet:
    """The rules with a register fact of that name, when they have nothing else by it."""
    parts: tuple[Any, ...] = (*rules.facts, *rules.derived, *rules.amount, *rules.parameters)
    taken = {part.name for part in parts}
    wanted = {name, "nace_code"} if name == "nace_section" else {name}
    new = [fact for fact in register_facts() if fact.name in wanted - taken]
    return replace(rules, facts=(*rules.facts, *new)) if new else rules


def _with_names_in(rules: RuleSet, expression: str) -> RuleSet:
    """The rules with every register fact a formula mentions."""
    for name in dict.fromkeys(re.findall(r"[a-z][a-z0-9_]*", expression)):
        rules = _with_known(rules, name)
    return rules


def _widened(rules: RuleSet) -> RuleSet:
    """With every municipality to choose among, while the edit is made."""
    return _with_municipalities(rules, _municipality().codes)


def _trimmed(rules: RuleSet) -> RuleSet:
    """With the names of those municipalities only that the rules mention: the whole list is long, and changes."""
    parts: tuple[Any, ...] = (*rules.criteria, *rules.derived, *rules.amount)
    mentioned = {code for part in parts for code in _QUOTED.findall(part.expression)}
    codes = {code: names for code, names in _municipality().codes.items() if code in mentioned}
    return _with_municipalities(rules, codes)


def _with_municipalities(rules: RuleSet, codes: Mapping[str, Texts]) -> RuleSet:
    facts = tuple(replace(one, codes=codes) if one.name == MUNICIPALITY else one for one in rules.facts)
    return replace(rules, facts=facts)


def _municipality() -> Fact:
    return next(fact for fact in register_facts() if fact.name == MUNICIPALITY)


def _outcome(when_not_met: str) -> Any:
    if when_not_met not in ("refuse", "refer"):
        message = f"«{when_not_met[:40]}» kan ikke skje når et krav ikke er oppfylt."
        raise RuleError(Problem("choice", message, expected="refuse eller refer"))
    return when_not_met


def _found(parts: Sequence[Any], name: str) -> Any:
    for part in parts:
        if part.name == name:
            return part
    raise RuleError(Problem("unknown_name", f"Reglene har ikke «{name[:60]}»."))
