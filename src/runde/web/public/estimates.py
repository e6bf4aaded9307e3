"""What a company may get while some answers are unknown: the scheme's own assumptions put through its own rules.

An assumption gives values for a fact no register holds, by industry and size; see `engine.whatif.Assumption`. The
values that meet every requirement give the lowest and the highest amount. Nothing is assumed that is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

from runde.engine.rules import CompiledRuleSet, Fact, RuleSet, Value, Verdict, compile_ruleset
from runde.grants.schemes.api import PublicBasis

MOST_TRIED = 400
"""Combinations of assumed values that are tried before we say that the amount depends on the answers."""

Bands = tuple[tuple[str, tuple[Any, ...]], ...]
Known = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Size:
    """What decides which line of an assumption is used: the industry, and the fewest and most employees."""

    section: str
    employees: tuple[int, int] | None


@dataclass(frozen=True)
class Ground:
    """An assumption that was used: the lowest and highest of the values that lead to money."""

    name: str
    low: Any
    high: Any
    source: str
    as_of: date | None


@dataclass(frozen=True)
class Estimate:
    """`others_refused` when some of the assumed values would not meet the requirements."""

    low_nok: Decimal
    high_nok: Decimal
    grounds: tuple[Ground, ...]
    others_refused: bool


@dataclass(frozen=True)
class _Outcome:
    assumed: Mapping[str, Any]
    amount_nok: Decimal | None
    is_met: bool


@dataclass(frozen=True, eq=False)
class _Probe:
    """The rules with assumed derived values as facts, kept to what assumed values can change."""

    rules: CompiledRuleSet
    counting: frozenset[str]
    """The facts that can make a difference, assumed ones left out."""


def estimate(
    basis: PublicBasis, verdict: Verdict, values: Mapping[str, Value], size: Size
) -> Estimate | None:
    """The range of likely amounts; None when nothing is assumed, or the amount still cannot be told."""
    wanted = frozenset(one.name for one in verdict.missing)
    chosen = {one["name"]: one for one in basis.assumptions if _rests_on(basis.rules, one["name"]) & wanted}
    all_bands = _bands_of(basis, size)
    bands = tuple((name, all_bands[name]) for name in chosen if all_bands[name])
    if not bands or prod(len(found) for _name, found in bands) > MOST_TRIED:
        return None
    probe = _probe(basis.rules, frozenset(name for name, _found in bands))
    known = tuple((name, one.value) for name, one in values.items() if name in probe.counting)
    return _estimate(basis, probe, known, bands, verdict.on)


@lru_cache(maxsize=20_000)
def _estimate(basis: PublicBasis, probe: _Probe, known: Known, bands: Bands, on: date) -> Estimate | None:
    outcomes = _outcomes(probe, known, bands, on)
    met = [one for one in outcomes if one.is_met]
    amounts = [one.amount_nok for one in met if one.amount_nok is not None]
    if not amounts or len(amounts) < len(met):
        return None
    named = {one["name"]: one for one in basis.assumptions}
    grounds = [_ground(named[name], [one.assumed[name] for one in met]) for name, _values in bands]
    return Estimate(min(amounts), max(amounts), tuple(grounds), len(met) < len(outcomes))


@lru_cache(maxsize=10_000)
def _rests_on(rules: CompiledRuleSet, name: str) -> frozenset[str]:
    return _facts_behind(rules.ruleset, (name,))


def worked_example(
    rules: CompiledRuleSet, assumptions: Sequence[Mapping[str, Any]], on: date
) -> Verdict | None:
    """One calculation from the assumptions' first lines that gives money, the commonest values tried first."""
    bands = tuple((one["name"], _commonest_first(one, rules)) for one in assumptions)
    if not bands or prod(len(found) for _name, found in bands) > MOST_TRIED:
        return None
    probe = _probe(rules, frozenset(name for name, _found in bands))
    for assumed in _combinations(bands):
        verdict = probe.rules.check({name: Value(one) for name, one in assumed.items()}, on)
        if verdict.amount_nok and not verdict.not_met:
            return verdict
    return None


def _commonest_first(assumption: Mapping[str, Any], rules: CompiledRuleSet) -> tuple[Any, ...]:
    bands = sorted(assumption["lines"][0]["bands"], key=lambda one: -Decimal(one["share"]))
    return _read_values(assumption["name"], bands, rules)


def _ground(assumption: Mapping[str, Any], values: Sequence[Any]) -> Ground:
    ordered = sorted(values, key=lambda one: sorted(one) if isinstance(one, frozenset) else one)
    day = assumption.get("as_of")
    as_of = date.fromisoformat(day) if day else None
    return Ground(assumption["name"], ordered[0], ordered[-1], assumption["source"], as_of)


def _outcomes(probe: _Probe, known: Known, bands: Bands, on: date) -> list[_Outcome]:
    """Every combination of assumed values, put through the rules."""
    given = {name: Value(value) for name, value in known}
    found = []
    for assumed in _combinations(bands):
        verdict = probe.rules.check(given | {name: Value(one) for name, one in assumed.items()}, on)
        found.append(_Outcome(assumed, verdict.amount_nok, not verdict.not_met))
    return found


def _combinations(bands: Bands) -> Iterator[dict[str, Any]]:
    names = [name for name, _values in bands]
    for combination in product(*(values for _name, values in bands)):
        yield dict(zip(names, combination, strict=True))


@lru_cache(maxsize=2_000)
def _probe(rules: CompiledRuleSet, assumed: frozenset[str]) -> _Probe:
    ruleset = rules.ruleset
    kept = tuple(one for one in ruleset.derived if one.name not in assumed)
    given = tuple(_as_fact(one.name, rules) for one in ruleset.derived if one.name in assumed)
    changed = replace(ruleset, facts=ruleset.facts + given, derived=kept)
    criteria = {one.slug: _facts_behind(changed, _mentioned(one.expression)) for one in ruleset.criteria}
    touched = tuple(one for one in ruleset.criteria if criteria[one.slug] & assumed)
    counting = _facts_behind(changed, [row.name for row in ruleset.amount])
    counting = counting.union(*(criteria[one.slug] for one in touched))
    return _Probe(compile_ruleset(replace(changed, criteria=touched)), counting - assumed)


def _as_fact(name: str, rules: CompiledRuleSet) -> Fact:
    """A derived value as a fact of the same type, so that a value can be given for it."""
    made = rules.rules.types[name]
    label = next(one.label for one in rules.ruleset.derived if one.name == name)
    if made.kind != "number":
        return Fact(name, str(made.kind), "assumption", label, codes=made.codes)
    kind = {"nok": "money", "share": "share"}.get(made.unit, "decimal")
    return Fact(
        name, kind, "assumption", label, unit=made.unit if kind == "decimal" else "", scale=made.scale
    )


def _facts_behind(ruleset: RuleSet, names: Iterable[str]) -> frozenset[str]:
    """The facts that names rest on, through derived values and rows of the amount. Never too few."""
    facts = {one.name for one in ruleset.facts}
    written = {one.name: one.expression for one in ruleset.derived}
    written |= {row.name: row.expression for row in ruleset.amount}
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += _mentioned(written.get(name, ""))
    return frozenset(found & facts)


_WORD = re.compile(r"[a-z][a-z0-9_]*")


def _mentioned(expression: str) -> list[str]:
    return _WORD.findall(expression.lower())


@lru_cache(maxsize=10_000)
def _bands_of(basis: PublicBasis, size: Size) -> Mapping[str, tuple[Any, ...]]:
    return {one["name"]: _bands(one, size, basis.rules) for one in basis.assumptions}


def _bands(assumption: Mapping[str, Any], size: Size, rules: CompiledRuleSet) -> tuple[Any, ...]:
    """The values assumed for a company of this kind: the first line that fits; nothing when none does."""
    line = next((one for one in assumption["lines"] if _fits(one, size)), None)
    if line is None:
        return ()
    return _read_values(assumption["name"], line["bands"], rules)


def _read_values(name: str, bands: Sequence[Mapping[str, str]], rules: CompiledRuleSet) -> tuple[Any, ...]:
    read = _READ[str(rules.rules.types[name].kind)]
    return tuple(dict.fromkeys(read(one["value"]) for one in bands if Decimal(one["share"]) > 0))


def _fits(line: Mapping[str, Any], size: Size) -> bool:
    sections = line.get("sections") or ()
    if sections and size.section not in sections:
        return False
    least, most = line.get("employees_from"), line.get("employees_to")
    if least is None and most is None:
        return True
    if size.employees is None:
        return False
    fewest, highest = size.employees
    return (least is None or least <= fewest) and (most is None or highest <= most)


_READ: Mapping[str, Any] = {
    "number": Decimal,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
    "codes": lambda text: frozenset(part.strip() for part in text.split(",")),
    "text": str,
}
"""An assumed value as it is stored, to a value for the rules. It was checked when the version was published."""
