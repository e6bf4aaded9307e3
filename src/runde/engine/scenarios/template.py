"""A scenario file to start from: the right columns, and one example row that passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules import CompiledRuleSet, Fact, RuleError, RuleSet, Value, Verdict, compile_ruleset
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.tree import Literal, Name, Node, children, walk
from runde.engine.rules.typed_values import field_kind, typed_text
from runde.engine.rules.value_types import NOK, SHARE, Kind
from runde.engine.scenarios.headings import BETWEEN, HEADINGS, LANES, Part, heading, plain
from runde.engine.scenarios.naming import names_by_label
from runde.engine.scenarios.outputs import written

EXAMPLE = "Eksempel. Bytt ut med en sak dere vil prøve, og regn ut svaret selv."
_BEFORE: tuple[Part, ...] = ("number", "story")
_AFTER: tuple[Part, ...] = ("lane", "amount", "criteria", "distances", "missing")
_AMOUNTS = ("100000", "0", "500000", "1000000")
_COUNTS = ("10", "0", "1", "100")
_SHARES = ("0.5", "0", "1")
_DAYS = (date(2015, 5, 4),)
_ROUNDS = 2


def scenario_template(ruleset: RuleSet | CompiledRuleSet, on: date) -> bytes:
    """A CSV file with a column for each fact, and one row that comes out as it says when it can be judged on `on`."""
    compiled = compile_ruleset(ruleset) if isinstance(ruleset, RuleSet) else ruleset
    facts = compiled.ruleset.facts
    values = {fact.name: candidates[0] for fact, candidates in _candidates(compiled.rules, on)}
    verdict = _settled(compiled, values, on)
    row = ["1", EXAMPLE, *(_written(fact, values[fact.name]) for fact in facts), *_expected(verdict)]
    return written([*map(heading, _BEFORE), *_fact_headings(facts), *map(heading, _AFTER)], [row])


def _fact_headings(facts: Sequence[Fact]) -> Iterable[str]:
    """The label, or the name where the label could be taken for something else."""
    shared = names_by_label({fact.name: fact.label for fact in facts})
    taken = {plain(name) for names in HEADINGS.values() for name in names}
    for fact in facts:
        label = fact.label["nb"]
        clear = plain(label) not in taken and shared[plain(label)] == (fact.name,)
        yield label if clear else fact.name


def _settled(compiled: CompiledRuleSet, values: dict[str, Any], on: date) -> Verdict | None:
    """Tries values for one fact at a time and keeps what meets more criteria. None for rules that cannot run."""
    try:
        for _ in range(_ROUNDS):
            for fact, candidates in _candidates(compiled.rules, on):
                values[fact.name] = max(
                    (values[fact.name], *candidates),
                    key=lambda value: _merit(_judged(compiled, values | {fact.name: value}, on)),
                )
        return _judged(compiled, values, on)
    except RuleError:
        return None


def _judged(compiled: CompiledRuleSet, values: dict[str, Any], on: date) -> Verdict:
    return compiled.check({name: Value(value) for name, value in values.items()}, on)


def _merit(verdict: Verdict) -> tuple[int, bool]:
    return sum(result.outcome == "met" for result in verdict.criteria), verdict.amount_nok is not None


def _candidates(rules: CheckedRules, on: date) -> list[tuple[Fact, list[Any]]]:
    """For each fact some likely values: those the rules hold it against, and a few usual ones."""
    named = _held_against(rules, on)
    return [(fact, _likely(fact, named.get(fact.name, []))) for fact in rules.ruleset.facts]


def _held_against(rules: CheckedRules, on: date) -> dict[str, list[Any]]:
    """The fixed values each name stands beside in the expressions."""
    found: dict[str, list[Any]] = {}
    for tree in (*rules.criteria.values(), *rules.named.values()):
        for node in walk(tree):
            parts = children(node)
            values = [value for part in parts if (value := _fixed(part, rules, on)) is not None]
            for part in parts:
                if isinstance(part, Name) and not part.constant:
                    found.setdefault(part.name, []).extend(values)
    return found


def _fixed(node: Node, rules: CheckedRules, on: date) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Name) and node.name in rules.parameters:
        dated = rules.parameters[node.name].on(on)
        return dated.value if dated else None
    return None


def _likely(fact: Fact, named: Sequence[Any]) -> list[Any]:
    value_type = fact.value_type
    if value_type.kind is Kind.BOOLEAN:
        return [False, True]
    if value_type.kind is Kind.DATE:
        return [*_DAYS, *(one for one in named if isinstance(one, date))]
    if value_type.kind is Kind.NUMBER:
        usual = {SHARE: _SHARES, NOK: _AMOUNTS}.get(value_type.unit, _COUNTS)
        return [*map(Decimal, usual), *(one for one in named if isinstance(one, Decimal))]
    texts = [one for one in named if isinstance(one, str) and (not fact.codes or one in fact.codes)]
    choices: list[Any] = list(dict.fromkeys((*texts, *fact.codes))) or [None]
    return [frozenset({one}) for one in choices] if value_type.kind is Kind.CODES else choices


def _written(fact: Fact, value: Any) -> str:
    if isinstance(value, frozenset):
        return BETWEEN.join(sorted(value))
    sign = " %" if fact.value_type.unit == SHARE and value else ""
    return typed_text(value, field_kind(fact.value_type)) + sign


def _expected(verdict: Verdict | None) -> Sequence[str]:
    if verdict is None or verdict.not_met or verdict.missing:
        return ("",) * len(_AFTER)
    return (LANES[verdict.lane][0], typed_text(verdict.amount_nok, "money"), "", "", "")
