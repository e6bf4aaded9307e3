"""One case judged: its values put in their places, its criteria and rows worked out, and told why."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from runde.engine.rules import explaining
from runde.engine.rules.arithmetic import EXACT
from runde.engine.rules.closures import Evaluate, Slots, closure
from runde.engine.rules.model import CheckedRules, admission
from runde.engine.rules.overriding import admitted, split_overrides, workings_instead
from runde.engine.rules.ruleset import AmountRow, Criterion, Value
from runde.engine.rules.sentences import Writer
from runde.engine.rules.tree import Node, names_in
from runde.engine.rules.value_types import Kind, type_name_of
from runde.engine.rules.verdict import (
    CriterionResult,
    Distance,
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


@dataclass(frozen=True, slots=True)
class _Looked:
    """A named value that a criterion or row rests on."""

    name: str
    place: int
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class _CriterionProgram:
    criterion: Criterion
    node: Node
    evaluate: Evaluate
    rests_on: tuple[_Looked, ...]
    """Derived values before the facts they come from."""


@dataclass(frozen=True, slots=True)
class _RowProgram:
    row: AmountRow
    place: int
    unit: str
    changes: int | None
    """The place of the row that a cap, floor or rounding changes."""
    rests_on: tuple[_Looked, ...]


class Program:
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
        self.rows = tuple(self._row(row) for row in rules.ruleset.amount)
        self._closures: dict[int, Evaluate] = {}

    def _criterion(self, criterion: Criterion) -> _CriterionProgram:
        node = self.rules.criteria[criterion.slug]
        rests_on = tuple(self._looked(name) for name in self._behind(node))
        return _CriterionProgram(criterion, node, closure(node, self.slot_of), rests_on)

    def _row(self, row: AmountRow) -> _RowProgram:
        """A row rests on the facts and derived values it names; rows above it tell of their own."""
        rows = {one.name for one in self.rules.ruleset.amount}
        node = self.rules.named[row.name]
        rests_on = tuple(self._looked(name) for name in self._behind(node, rows))
        changes = None if row.applies_to is None else self.slot_of[row.applies_to]
        return _RowProgram(row, self.slot_of[row.name], self.meanings[row.name].unit, changes, rests_on)

    def _looked(self, name: str) -> _Looked:
        return _Looked(name, self.slot_of[name], self.meanings[name])

    def _behind(self, node: Node, left_out: Container[str] = ()) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for name in names_in(node):
            if name in self.rules.parameters or name in left_out:
                continue
            names[name] = None
            if name in self.rules.named:
                names |= dict.fromkeys(self._behind(self.rules.named[name], left_out))
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


class Case:
    """One case under one program. `overrides` are values and rows set by a person, by name."""

    def __init__(
        self, program: Program, values: Mapping[str, Value], overrides: Mapping[str, Value] | None = None
    ) -> None:
        self._program = program
        self._given = self._values = values
        self._fixed: Mapping[str, Value] = {}
        if overrides:
            self._values, self._fixed = split_overrides(program.rules, values, overrides)
        self._slots = self._filled()
        self._used: dict[int, UsedValue] = {}
        self._causes: dict[str, tuple[explaining.Cause, ...]] = {}

    def _filled(self) -> Slots:
        program, slots = self._program, self._program.template.copy()
        for name, place, admit in program.facts:
            given = self._values.get(name)
            if given is not None:
                slots[place] = admit(given.value)
        set_by_hand = self._set_by_hand() if self._fixed else {}
        for place, evaluate, settle in program.named:
            value = set_by_hand[place] if place in set_by_hand else evaluate(slots)
            slots[place] = value if value is None or settle is None else settle(value)
        return slots

    def _set_by_hand(self) -> dict[int, Any]:
        program = self._program
        return {
            program.slot_of[name]: admitted(program.rules, name, given) for name, given in self._fixed.items()
        }

    def verdict(self, digest: str, on: date) -> Verdict:
        ruleset = self._program.rules.ruleset
        criteria = tuple([self._criterion(item) for item in self._program.criteria])
        rows = tuple([self._row(item) for item in self._program.rows])
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
        distances: tuple[Distance, ...] = ()
        missing: tuple[Missing, ...] = ()
        if outcome == "not_met":
            distances = explaining.distances(item.node, self.part, self._tree)
        elif outcome == "unknown":
            missing = self._missing(item.node)
        return CriterionResult(
            criterion.slug,
            outcome,
            criterion.when_not_met,
            criterion.legal_reference,
            self._values_of(item.rests_on),
            distances,
            missing,
            Sentences(partial(self._sentences, criterion.slug, outcome, distances, missing)),
        )

    def _sentences(
        self,
        slug: str,
        outcome: Outcome,
        distances: tuple[Distance, ...],
        missing: tuple[Missing, ...],
        language: str,
    ) -> dict[str, str]:
        writer = self._program.writer
        reason = writer.reason(slug, outcome, language, self._named, distances, missing)
        return {"requirement": writer.requirement(slug, language), "reason": reason}

    def _row(self, item: _RowProgram) -> RowResult:
        row, value = item.row, self._slots[item.place]
        by_hand = row.name in self._fixed
        changed = item.changes is None or value != self._slots[item.changes]
        return RowResult(
            row.name,
            row.kind,
            value,
            item.unit,
            value is not None and (changed or by_hand),
            row.audit_only and not by_hand,
            Sentences(partial(self._row_texts, row.name)),
            row.applies_to,
            self._values_of(item.rests_on),
        )

    def _row_texts(self, name: str, language: str) -> dict[str, str]:
        texts = self._program.writer.row(name, language, self._named)
        if name in self._fixed:
            own, value_type = self._by_rules._named(name), self._program.rules.types[name]
            texts["workings"] = workings_instead(own, value_type, language)
        return texts

    @cached_property
    def _by_rules(self) -> "Case":
        """The case as the rules alone have it, whatever is set by hand."""
        return Case(self._program, self._given)

    def _named(self, name: str) -> Any:
        return self._slots[self._program.slot_of[name]]

    def part(self, node: Node) -> Any:
        """The value of any part of an expression."""
        return self._program.evaluate(node, self._slots)

    def _tree(self, name: str) -> Node | None:
        """The expression behind a name; none behind a fact, and none behind what a person has set."""
        return None if name in self._fixed else self._program.rules.named.get(name)

    def _values_of(self, wanted: tuple[_Looked, ...]) -> tuple[UsedValue, ...]:
        used = self._used
        return tuple([used[one.place] if one.place in used else self._used_value(one) for one in wanted])

    def _used_value(self, looked: _Looked) -> UsedValue:
        value, given = self._slots[looked.place], self._values.get(looked.name, _NO_VALUE)
        if looked.meaning.derived:
            given = self._fixed.get(looked.name, _NO_VALUE)
            used = UsedValue(looked.meaning, value, given.source, given.as_of)
        else:
            used = UsedValue(looked.meaning, value, given.source, given.as_of)
        self._used[looked.place] = used
        return used

    def _missing(self, node: Node) -> tuple[Missing, ...]:
        found: dict[str, Missing] = {}
        for name, why in explaining.unknown_causes(node, self.part, self._causes_of):
            if name not in found:
                found[name] = self._one_missing(name, why)
        return tuple(found.values())

    def _causes_of(self, name: str) -> Iterable[explaining.Cause]:
        if name not in self._causes:
            tree = self._tree(name)
            if tree is None:
                self._causes[name] = ((name, "missing"),)
            else:
                causes = explaining.unknown_causes(tree, self.part, self._causes_of)
                self._causes[name] = tuple(dict.fromkeys(causes))
        return self._causes[name]

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
    """What each fact, derived value and amount row is, worked out once.

    A derived value is as private as what it is worked out from; an amount is not, for grants are public.
    """
    labels = {one.name: one.label for one in rules.ruleset.derived}
    for row in rules.ruleset.amount:
        labels[row.name] = {language: writer.row_label(row, language) for language in row.label}
    meanings: dict[str, Meaning] = {}
    for name, fact in rules.facts.items():
        unit = rules.types[name].unit
        meanings[name] = Meaning(name, fact.type, unit, fact.label, fact.private, False, fact.codes)
    rows = {row.name for row in rules.ruleset.amount}
    for name, node in rules.named.items():
        private = name not in rows and any(meanings[one].private for one in names_in(node) if one in meanings)
        type_name, unit = type_name_of(node.type), node.type.unit
        meanings[name] = Meaning(name, type_name, unit, labels[name], private, derived=True)
    return meanings


def _lane(criteria: tuple[CriterionResult, ...], unsettled: bool) -> Lane:
    lane: Lane = "yellow" if unsettled else "green"
    for result in criteria:
        if result.outcome == "not_met" and result.when_not_met == "refuse":
            return "red"
        if result.outcome != "met":
            lane = "yellow"
    return lane
