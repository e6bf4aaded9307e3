"""What one company may get while some answers are unknown: a scheme's assumptions put through its own rules.

The assumed values that meet every requirement give the lowest and the highest amount. Nothing is assumed that is
not stated, and a line fits a company here as it does in the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any

from runde.engine.rules import CompiledRuleSet, RuleSet, Value, Verdict
from runde.engine.rules.tree import names_in
from runde.engine.whatif.checking import CheckedDesign, check_design
from runde.engine.whatif.design import Assumption, Design, TakeUp
from runde.engine.whatif.loading import load_assumptions
from runde.engine.whatif.parting import as_given
from runde.engine.whatif.profiles import NO_LINE, line_of

MOST_TRIED = 400
"""Combinations of assumed values that are tried before we say that the amount depends on the answers."""

Bands = tuple[tuple[str, tuple[Any, ...]], ...]
Known = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """An assumption that was used: the lowest and highest of the values that lead to money."""

    name: str
    low: Any
    high: Any
    source: str
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """`others_refused` when some of the assumed values would not meet the requirements."""

    low_nok: Decimal
    high_nok: Decimal
    grounds: tuple[Ground, ...]
    others_refused: bool


@dataclass(frozen=True, eq=False)
class _Probe:
    """The rules with the assumed names as facts, kept to the criteria that assumed values can change."""

    rules: CompiledRuleSet
    counting: frozenset[str]
    """The facts that can make a difference, assumed ones left out."""


def assume(ruleset: RuleSet, assumptions: Sequence[Mapping[str, Any]]) -> AssumedRules:
    """The rules with their stated assumptions, as they stand in a scheme's plain data.

    Raises DesignError listing every problem in the assumptions.
    """
    everyone = TakeUp(Decimal(1), Decimal(1), Decimal(1))
    return AssumedRules(check_design(Design(ruleset, load_assumptions(assumptions), everyone)))


class AssumedRules:
    """A scheme's rules with what is assumed where answers lack. Keep it: it remembers what it has worked out."""

    def __init__(self, checked: CheckedDesign) -> None:
        self._checked = checked
        self._behind = {name: checked.rules.facts_behind([name]) for name in checked.assumptions}
        self._probes: dict[frozenset[str], _Probe] = {}

    def estimate(
        self, verdict: Verdict, values: Mapping[str, Value], *, section: str, employees: int, remember: bool
    ) -> Estimate | None:
        """The range of likely amounts; None when nothing is assumed, or the amount still cannot be told.

        `employees` is the fewest the company can have. `remember` may be True when `values` hold public facts
        alone: then the next company like it is answered at once.
        """
        lacking = {one.name for one in verdict.missing}
        wanted = [name for name, facts in self._behind.items() if facts & lacking]
        found = ((name, self._fitting(name, section, employees)) for name in wanted)
        bands = tuple((name, assumed) for name, assumed in found if assumed)
        if not _can_be_tried(bands):
            return None
        counting = self._probe(bands).counting
        known = tuple((name, one.value) for name, one in values.items() if name in counting)
        return (_remembered if remember else _estimate)(self, known, bands, verdict.on)

    def example(self, on: date) -> Verdict | None:
        """One calculation from the assumptions' first lines that gives money, the commonest values tried first."""
        bands = tuple((name, self._commonest_first(name)) for name in self._checked.assumptions)
        if not _can_be_tried(bands):
            return None
        verdicts = (verdict for _assumed, verdict in self.verdicts(bands, (), on))
        return next((one for one in verdicts if one.amount_nok and not one.not_met), None)

    def verdicts(self, bands: Bands, known: Known, on: date) -> Iterator[tuple[dict[str, Any], Verdict]]:
        """Every combination of assumed values, put through the rules."""
        names, given = [name for name, _values in bands], {name: Value(value) for name, value in known}
        probe = self._probe(bands)
        for combination in product(*(values for _name, values in bands)):
            assumed = dict(zip(names, combination, strict=True))
            values = given | {name: Value(one) for name, one in assumed.items()}
            yield assumed, probe.rules.check(values, on)

    def ground(self, name: str, used: Sequence[Any]) -> Ground:
        ordered = sorted(used, key=lambda one: sorted(one) if isinstance(one, frozenset) else one)
        assumption = self._assumption(name)
        return Ground(name, ordered[0], ordered[-1], assumption.source, assumption.as_of)

    def _assumption(self, name: str) -> Assumption:
        return self._checked.assumptions[name]

    def _fitting(self, name: str, section: str, employees: int) -> tuple[Any, ...]:
        """The values assumed for a company of this kind; nothing when no line fits."""
        number = line_of(self._assumption(name), section, employees)
        return () if number == NO_LINE else tuple(one for _share, one in self._line(name, number))

    def _commonest_first(self, name: str) -> tuple[Any, ...]:
        return tuple(one for _share, one in sorted(self._line(name, 0), key=lambda pair: -pair[0]))

    def _line(self, name: str, number: int) -> list[tuple[Decimal, Any]]:
        """The share and value of each band that is somebody's."""
        bands = self._assumption(name).lines[number].bands
        values = self._checked.values[name][number]
        return [(band.share, one) for band, one in zip(bands, values, strict=True) if band.share]

    def _probe(self, bands: Bands) -> _Probe:
        names = frozenset(name for name, _values in bands)
        if names not in self._probes:
            self._probes[names] = _probe(self._checked, names)
        return self._probes[names]


def _can_be_tried(bands: Bands) -> bool:
    return bool(bands) and prod(len(values) for _name, values in bands) <= MOST_TRIED


def _probe(checked: CheckedDesign, assumed: frozenset[str]) -> _Probe:
    rules = as_given(checked.rules, assumed)
    behind = {slug: rules.facts_behind(names_in(node)) for slug, node in rules.criteria.items()}
    touched = {slug: node for slug, node in rules.criteria.items() if behind[slug] & assumed}
    kept = tuple(one for one in rules.ruleset.criteria if one.slug in touched)
    counting = rules.facts_behind(row.name for row in rules.ruleset.amount)
    counting = counting.union(*(behind[slug] for slug in touched))
    part = replace(rules, ruleset=replace(rules.ruleset, criteria=kept), criteria=touched)
    return _Probe(CompiledRuleSet(part), counting - assumed)


def _estimate(assumed: AssumedRules, known: Known, bands: Bands, on: date) -> Estimate | None:
    outcomes = list(assumed.verdicts(bands, known, on))
    met = [(values, verdict) for values, verdict in outcomes if not verdict.not_met]
    amounts = [verdict.amount_nok for _values, verdict in met if verdict.amount_nok is not None]
    if not amounts or len(amounts) < len(met):
        return None
    grounds = tuple(assumed.ground(name, [values[name] for values, _verdict in met]) for name, _all in bands)
    return Estimate(min(amounts), max(amounts), grounds, len(met) < len(outcomes))


_remembered = lru_cache(maxsize=20_000)(_estimate)
