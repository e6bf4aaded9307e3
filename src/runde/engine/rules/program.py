"""A rule set made ready to run on one case at a time."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from runde.engine.rules import explaining
from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.closures import Evaluate, Slots, closure
from runde.engine.rules.errors import Problem, RuleError
from runde.engine.rules.model import CheckedRules, admission, check_rules
from runde.engine.rules.ruleset import AmountRow, Criterion, RuleSet, Value
from runde.engine.rules.sentences import Writer
from runde.engine.rules.tree import Node, names_in
from runde.engine.rules.value_types import Kind, type_name_of
from runde.engine.rules.verdict import (
    CriterionResult,
    Lane,
    Meaning,
    Missing,
    Outcome,
    RowResult,
    Sentences,
    UsedValue,
    Verdict,
    Why,
)

_NO_VALUE = Value(None)
_OUTCOMES: dict[bool | None, Outcome] = {True: "met", False: "not_met", None: "unknown"}


def compile_ruleset(ruleset: RuleSet) -> "CompiledRuleSet":
    """Check the rule set and make it ready. Raises RuleError listing every problem in it."""
    return CompiledRuleSet(check_rules(ruleset))


def problems_in(ruleset: RuleSet) -> tuple[Problem, ...]:
    """Every problem in the rule set's names, expressions and texts; empty when it is sound."""
    try:
        check_rules(ruleset)
    except RuleError as error:
        return error.problems
    return ()


class CompiledRuleSet:
    """A rule set ready to judge cases. Keep it: compiling takes milliseconds, judging microseconds."""

    def __init__(self, rules: CheckedRules) -> None:
        self.rules = rules
        self.ruleset = rules.ruleset
        self.digest = rules.ruleset.digest
        self._breaks = _days_of_change(rules.ruleset)
        self._programs: dict[int, _Program] = {}

    def check(self, values: Mapping[str, Value], on: date) -> Verdict:
        """Judge one case by the criteria and figures in force on a day.

        Facts that are not in `values`, or have no value, are unknown; extra values are ignored.
        Raises RuleError for a value of the wrong Python type, and for a parameter without a value.
        """
        return _Case(self._program(on), values).verdict(self.digest, on)

    def requirements(self, on: date, language: str = "nb") -> dict[str, str]:
        """The public sentence of each criterion in force, by slug."""
        program = self._program(on)
        return {
            item.criterion.slug: program.writer.requirement(item.criterion.slug, language)
            for item in program.criteria
        }

    def _program(self, on: date) -> "_Program":
        place = bisect_right(self._breaks, on)
        if place not in self._programs:
            self._programs[place] = _Program(self.rules, on)
        return self._programs[place]


def _days_of_change(ruleset: RuleSet) -> list[date]:
    days = {criterion.valid_from for criterion in ruleset.criteria}
    days |= {one.valid_to + timedelta(days=1) for one in ruleset.criteria if one.valid_to}
    days |= {dated.valid_from for parameter in ruleset.parameters for dated in parameter.values}
    return sorted(day for day in days if day is not None)


@dataclass(frozen=True, slots=True)
class _CriterionProgram:
    criterion: Criterion
    evaluate: Evaluate
    names: tuple[str, ...]
    """The named values it rests on, derived ones before the facts they come from."""


class _Program:
    """The rules of one stretch of time, with names turned into places in a list."""

    def __init__(self, rules: CheckedRules, on: date) -> None:
        self.rules = rules
        constants = rules.constants_on(on)
        self.writer = Writer(rules, constants)
        self.meanings = _meanings(rules, self.writer)
        self.slot_of = {name: place for place, name in enumerate(rules.types)}
        self.template: Slots = [None] * len(self.slot_of)
        for name, dated in constants.items():
            self.template[self.slot_of[name]] = admission(rules.types[name], name)(dated.value)
        self.facts = tuple(
            (name, self.slot_of[name], admission(rules.types[name], name)) for name in rules.facts
        )
        self.named = tuple(
            (self.slot_of[name], closure(node, self.slot_of), _settle(node))
            for name, node in rules.named.items()
        )
        self.criteria = tuple(
            self._criterion(criterion) for criterion in rules.ruleset.criteria if criterion.in_force(on)
        )
        self._closures: dict[int, Evaluate] = {}

    def _criterion(self, criterion: Criterion) -> _CriterionProgram:
        node = self.rules.criteria[criterion.slug]
        return _CriterionProgram(criterion, closure(node, self.slot_of), self._behind(node))

    def _behind(self, node: Node) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for name in names_in(node):
            if name in self.rules.parameters:
                continue
            names[name] = None
            if name in self.rules.named:
                names |= dict.fromkeys(self._behind(self.rules.named[name]))
        return tuple(names)

    def evaluate(self, node: Node, slots: Slots) -> Any:
        """The value of any part of an expression, for explanations."""
        if id(node) not in self._closures:
            self._closures[id(node)] = closure(node, self.slot_of)
        return self._closures[id(node)](slots)


def _settle(node: Node) -> Callable[[Any], Any] | None:
    """Gives a named number its declared decimals, so that 0 never shows as −0,00."""
    if node.type.kind is not Kind.NUMBER:
        return None
    quantum = Decimal(1).scaleb(-node.type.scale)

    def settle(value: Decimal) -> Decimal:
        return EXACT.plus(value.quantize(quantum, context=EXACT))

    return settle


class _Case:
    """One case under one program."""

    def __init__(self, program: _Program, values: Mapping[str, Value]) -> None:
        self._program = program
        self._values = values
        self._slots = self._filled()
        self._used: dict[str, UsedValue] = {}

    def _filled(self) -> Slots:
        program, slots = self._program, self._program.template.copy()
        for name, place, admit in program.facts:
            given = self._values.get(name)
            if given is not None:
                slots[place] = admit(given.value)
        for place, evaluate, settle in program.named:
            value = evaluate(slots)
            slots[place] = value if value is None or settle is None else settle(value)
        return slots

    def verdict(self, digest: str, on: date) -> Verdict:
        ruleset = self._program.rules.ruleset
        criteria = tuple([self._criterion(item) for item in self._program.criteria])
        rows = tuple([self._row(row) for row in ruleset.amount])
        total = rows[-1].value if rows else None
        unsettled = bool(rows) and total is None
        lane = _lane(criteria, unsettled)
        return Verdict(
            ruleset=ruleset.name,
            version=ruleset.version,
            digest=digest,
            on=on,
            lane=lane,
            criteria=criteria,
            rows=rows,
            amount_nok=None if lane == "red" else total,
            amount_missing=self._missing(self._program.rules.named[rows[-1].name]) if unsettled else (),
        )

    def _criterion(self, item: _CriterionProgram) -> CriterionResult:
        criterion, outcome = item.criterion, _OUTCOMES[item.evaluate(self._slots)]
        node = self._program.rules.criteria[criterion.slug]
        distances = explaining.distances(node, self._part, self._tree) if outcome == "not_met" else ()
        missing = self._missing(node) if outcome == "unknown" else ()
        reason = partial(
            self._program.writer.reason,
            criterion.slug,
            outcome,
            value_of=self._named,
            distances=distances,
            missing=missing,
        )
        return CriterionResult(
            slug=criterion.slug,
            outcome=outcome,
            when_not_met=criterion.when_not_met,
            legal_reference=criterion.legal_reference,
            values=tuple([self._used_value(name) for name in item.names]),
            distances=distances,
            missing=missing,
            texts=Sentences(partial(self._sentences, criterion.slug, reason)),
        )

    def _sentences(self, slug: str, reason: Callable[[str], str], language: str) -> dict[str, str]:
        requirement = self._program.writer.requirement(slug, language)
        return {"requirement": requirement, "reason": reason(language)}

    def _row(self, row: AmountRow) -> RowResult:
        value, unit = self._named(row.name), self._program.meanings[row.name].unit
        applied = value is not None and (row.applies_to is None or value != self._named(row.applies_to))
        texts = Sentences(partial(self._row_texts, row.name))
        return RowResult(row.name, row.kind, value, unit, applied, row.audit_only, texts)

    def _row_texts(self, name: str, language: str) -> dict[str, str]:
        return self._program.writer.row(name, language, self._named)

    def _named(self, name: str) -> Any:
        return self._slots[self._program.slot_of[name]]

    def _part(self, node: Node) -> Any:
        return self._program.evaluate(node, self._slots)

    def _tree(self, name: str) -> Node | None:
        return self._program.rules.named.get(name)

    def _used_value(self, name: str) -> UsedValue:
        used = self._used.get(name)
        if used is None:
            given = self._values.get(name, _NO_VALUE)
            meaning, value = self._program.meanings[name], self._named(name)
            derived = meaning.derived
            used = UsedValue(
                meaning, value, "" if derived else given.source, None if derived else given.as_of
            )
            self._used[name] = used
        return used

    def _missing(self, node: Node) -> tuple[Missing, ...]:
        found: dict[str, Missing] = {}
        for name, why in explaining.unknown_causes(node, self._part, self._tree):
            found.setdefault(name, self._one_missing(name, why))
        return tuple(found.values())

    def _one_missing(self, name: str, why: Why) -> Missing:
        rules = self._program.rules
        fact = rules.facts.get(name)
        if fact is None:
            return Missing(name, why, self._program.meanings[name].label)
        given = self._values.get(name, _NO_VALUE).value
        if why == "missing" and given is not None and given != "":
            why = "out_of_range"
        return Missing(name, why, fact.label, fact.source, fact.question)


def _meanings(rules: CheckedRules, writer: Writer) -> dict[str, Meaning]:
    """What each fact, derived value and amount row is, worked out once."""
    labels = {one.name: one.label for one in rules.ruleset.derived}
    for row in rules.ruleset.amount:
        labels[row.name] = {language: writer.row_label(row, language) for language in row.label}
    meanings: dict[str, Meaning] = {}
    for name, fact in rules.facts.items():
        unit = rules.types[name].unit
        meanings[name] = Meaning(name, fact.type, unit, fact.label, fact.private, False, fact.codes)
    for name, node in rules.named.items():
        meanings[name] = Meaning(name, type_name_of(node.type), node.type.unit, labels[name], derived=True)
    return meanings


def _lane(criteria: tuple[CriterionResult, ...], unsettled: bool) -> Lane:
    lane: Lane = "yellow" if unsettled else "green"
    for result in criteria:
        if result.outcome == "not_met" and result.when_not_met == "refuse":
            return "red"
        if result.outcome != "met":
            lane = "yellow"
    return lane
