"""Part the rules in two: what the register alone can tell row by row, and what rests on assumptions only.

There are a million rows but few different sets of assumed values. What rests on assumptions alone is worked
out once for each set, and only the rest for each company.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from runde.engine.rules import Criterion, Fact
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.tree import Node, names_in
from runde.engine.rules.value_types import type_name_of
from runde.engine.whatif.checking import CheckedDesign
from runde.engine.whatif.extract import FACT_COLUMNS

EARMARK = "earmark_{}"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the rules, to be run on one table. `slugs` are its criteria; `amount` the total's name, if here."""

    rules: CheckedRules
    slugs: tuple[str, ...]
    amount: str | None


@dataclass(frozen=True, slots=True)
class Parted:
    """`criteria` in force, in order; a criterion's place is its bit. `assumed`: assumptions in use, in order.

    `mixed`: assumed names that rows need beside the register. `amount` is the total's name, None when the
    scheme has no amount.
    """

    criteria: tuple[Criterion, ...]
    row: Part
    profile: Part
    row_with_earmarks: CheckedRules
    assumed: tuple[str, ...]
    mixed: tuple[str, ...]
    missing: tuple[str, ...]
    amount: str | None

    @property
    def bits(self) -> Mapping[str, int]:
        """Each criterion's bit in the masks, by slug."""
        return {one.slug: 1 << place for place, one in enumerate(self.criteria)}

    @property
    def amount_bit(self) -> int:
        """The bit that says that the amount is not known."""
        return 1 << len(self.criteria)


def as_given(rules: CheckedRules, names: Container[str]) -> CheckedRules:
    """The rules with each named derived value turned into a fact of the same type, so that a value can be given."""
    given = [one for one in rules.ruleset.derived if one.name in names]
    facts = dict(rules.facts)
    for one in given:
        facts[one.name] = Fact(one.name, type_name_of(rules.types[one.name]), "assumption", one.label)
    derived = tuple(one for one in rules.ruleset.derived if one not in given)
    ruleset = replace(rules.ruleset, derived=derived, facts=tuple(facts.values()))
    named = {name: node for name, node in rules.named.items() if name not in facts}
    return replace(rules, ruleset=ruleset, facts=facts, named=named)


def part_rules(checked: CheckedDesign, on: date) -> Parted:
    rules = as_given(checked.rules, checked.assumptions)
    in_force = tuple(one for one in rules.ruleset.criteria if one.in_force(on))
    behind = {one.slug: rules.facts_behind(names_in(rules.criteria[one.slug])) for one in in_force}
    amount = rules.ruleset.amount[-1].name if rules.ruleset.amount else None
    under_amount = rules.facts_behind([amount]) if amount else frozenset()
    used = frozenset().union(under_amount, *behind.values())
    assumed = tuple(name for name in checked.assumptions if name in used)
    stored = frozenset(name for name in used if _is_stored(rules, name))
    by_row = tuple(slug for slug, names in behind.items() if names & stored)
    by_profile = tuple(slug for slug, names in behind.items() if not names & stored)
    amount_by_row = bool(under_amount & stored)
    from_rows = [behind[slug] for slug in by_row] + ([under_amount] if amount_by_row else [])
    needed = frozenset().union(*from_rows)
    row = _part(rules, by_row, amount if amount_by_row else None)
    return Parted(
        in_force,
        row,
        _part(rules, by_profile, None if amount_by_row else amount),
        _with_earmarks(checked, row.rules),
        assumed,
        tuple(name for name in assumed if name in needed),
        tuple(sorted(used - stored - set(assumed))),
        amount,
    )


def _is_stored(rules: CheckedRules, name: str) -> bool:
    return rules.facts[name].source == "register" and name in FACT_COLUMNS


def _part(rules: CheckedRules, slugs: Iterable[str], amount: str | None) -> Part:
    kept = tuple(slugs)
    nodes = [rules.criteria[slug] for slug in kept]
    names = _named_under(rules, nodes + ([rules.named[amount]] if amount else []))
    if amount:
        names |= {amount}
    criteria = tuple(one for one in rules.ruleset.criteria if one.slug in kept)
    rows = tuple(row for row in rules.ruleset.amount if amount and row.name in names)
    named = {name: node for name, node in rules.named.items() if name in names}
    ruleset = replace(rules.ruleset, criteria=criteria, amount=rows)
    part = replace(
        rules, ruleset=ruleset, named=named, criteria={slug: rules.criteria[slug] for slug in kept}
    )
    return Part(part, kept, amount)


def _named_under(rules: CheckedRules, nodes: Iterable[Node]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        for name in names_in(node):
            if name in rules.named and name not in found:
                found |= {name} | _named_under(rules, [rules.named[name]])
    return found


def _with_earmarks(checked: CheckedDesign, rules: CheckedRules) -> CheckedRules:
    """The rules with each earmark as one more criterion over register facts."""
    nodes: Mapping[str, Node] = {
        EARMARK.format(number): node for number, node in enumerate(checked.earmarks) if node is not None
    }
    facts = {**checked.register_facts, **rules.facts}
    types = {name: fact.value_type for name, fact in facts.items()} | dict(rules.types)
    earmarks = tuple(Criterion(slug, "", {}) for slug in nodes)
    ruleset = replace(rules.ruleset, criteria=(*rules.ruleset.criteria, *earmarks))
    return replace(rules, ruleset=ruleset, types=types, facts=facts, criteria={**rules.criteria, **nodes})
