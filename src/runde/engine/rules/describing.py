"""A rule set told in words for its documentation page: made from the rules, so it is never out of date."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from runde.engine.rules import difference_words as words
from runde.engine.rules import wording
from runde.engine.rules.errors import Problem
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.phrases import phrases
from runde.engine.rules.phrasing import label_of
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.references import users_of
from runde.engine.rules.ruleset import AmountRow, Criterion, DatedValue, Derived, Fact, Parameter, RuleSet
from runde.engine.rules.sentences import Writer
from runde.engine.rules.shape_reading import Shape, shape_in
from runde.engine.rules.shapes import rules_of
from runde.engine.rules.text_warnings import text_warnings
from runde.engine.rules.tree import Node, names_in
from runde.engine.rules.verdict import to_plain


@dataclass(frozen=True, slots=True)
class FactText:
    """`type` and `source` in words, `asked` the question that gets it, `used_by` labels of what needs it."""

    name: str
    label: str
    type: str
    unit: str
    source: str
    asked: str
    private: bool
    codes: tuple[tuple[str, str], ...]
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterText:
    """`history` holds every dated figure: from when (None for always), in words, and where it is decided."""

    name: str
    label: str
    value: str
    source: str
    history: tuple[tuple[date | None, str, str], ...]


@dataclass(frozen=True, slots=True)
class DerivedText:
    name: str
    label: str
    expression: str


@dataclass(frozen=True, slots=True)
class CriterionText:
    """`letter` holds what the letter says by outcome, with the case's own values as words in brackets.

    `asks` are the questions asked when the criterion is unknown; `in_force` is False on another day.
    """

    slug: str
    requirement: str
    letter: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    expression: str
    shape: Shape | None
    outcome: str
    legal_reference: str
    period: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class RowText:
    name: str
    kind: str
    label: str
    expression: str
    in_letter: bool


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """Everything a reader needs to know about a rule set, in one language, on one day.

    `warnings` are figures written into the texts by hand; `untranslated` paths to missing texts.
    """

    title: str
    version: str
    on: date
    criteria: tuple[CriterionText, ...]
    amount: tuple[RowText, ...]
    facts: tuple[FactText, ...]
    parameters: tuple[ParameterText, ...]
    derived: tuple[DerivedText, ...]
    warnings: tuple[Problem, ...]
    untranslated: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe data."""
        plain: dict[str, Any] = _plain(self)
        return plain


def describe(ruleset: RuleSet | CompiledRuleSet, on: date, language: str = "nb") -> RuleDocument:
    """The documentation of a rule set. Raises RuleError when the rule set has problems."""
    describer = _Describer(rules_of(ruleset), on, language)
    rules = describer.rules.ruleset
    return RuleDocument(
        title=wording.chosen(rules.title, language),
        version=rules.version,
        on=on,
        criteria=tuple(describer.criterion(one) for one in rules.criteria),
        amount=tuple(describer.row(one) for one in rules.amount),
        facts=tuple(describer.fact(one) for one in rules.facts),
        parameters=tuple(describer.parameter(one) for one in rules.parameters),
        derived=tuple(describer.derived(one) for one in rules.derived),
        warnings=text_warnings(describer.rules),
        untranslated=rules.missing_translations(),
    )


class _Describer:
    def __init__(self, rules: CheckedRules, on: date, language: str) -> None:
        self.rules, self._on, self._language = rules, on, language
        self._constants = rules.values_on(on)
        self._writer = Writer(rules, self._constants)

    def _say(self, phrase: str, *values: str) -> str:
        return words.said(phrase, self._language, *values)

    def criterion(self, one: Criterion) -> CriterionText:
        node = self.rules.criteria[one.slug]
        return CriterionText(
            slug=one.slug,
            requirement=self._writer.requirement(one.slug, self._language),
            letter=tuple((outcome, self._letter(one, outcome)) for outcome in ("met", "not_met", "unknown")),
            asks=self._asks(node),
            expression=one.expression,
            shape=shape_in(node),
            outcome=self._say(one.when_not_met),
            legal_reference=one.legal_reference,
            period=words.span(one.valid_from, one.valid_to, self._language),
            in_force=one.in_force(self._on),
        )

    def _letter(self, one: Criterion, outcome: str) -> str:
        return self._writer.example(one.slug, outcome, self._language, self._bracketed)

    def _bracketed(self, name: str) -> str:
        known = phrases()["blanks"].get(name)
        label = wording.chosen(known, self._language) if known else self._label(name)
        return f"[{words.lowered(label)}]"

    def _label(self, name: str) -> str:
        row = next((one for one in self.rules.ruleset.amount if one.name == name), None)
        return (
            self._writer.row_label(row, self._language) if row else label_of(self.rules, name, self._language)
        )

    def _asks(self, node: Node) -> tuple[str, ...]:
        """The questions behind an expression, through derived values and rows, each once."""
        asked: dict[str, None] = {}
        for name in names_in(node):
            fact = self.rules.facts.get(name)
            if fact is not None and fact.question:
                asked[wording.chosen(fact.question, self._language)] = None
            elif name in self.rules.named:
                asked |= dict.fromkeys(self._asks(self.rules.named[name]))
        return tuple(asked)

    def row(self, one: AmountRow) -> RowText:
        label = self._writer.row_label(one, self._language)
        return RowText(one.name, self._say(f"kind_{one.kind}"), label, one.expression, not one.audit_only)

    def fact(self, one: Fact) -> FactText:
        return FactText(
            name=one.name,
            label=wording.chosen(one.label, self._language),
            type=wording.chosen(phrases()["types"][one.type], self._language),
            unit=wording.counted_word(wording.MANY, one.unit, self._language) or one.unit,
            source=self._say(f"source_{one.source}"),
            asked=wording.chosen(one.question, self._language),
            private=one.private,
            codes=tuple((code, wording.chosen(texts, self._language)) for code, texts in one.codes.items()),
            used_by=self._users(one.name),
        )

    def _users(self, name: str) -> tuple[str, ...]:
        users = dict.fromkeys((one.from_kind, one.from_name) for one in users_of(self.rules, "fact", name))
        return tuple(
            self._writer.requirement(user, self._language) if kind == "criterion" else self._label(user)
            for kind, user in users
        )

    def parameter(self, one: Parameter) -> ParameterText:
        current = one.on(self._on)
        history = tuple((dated.valid_from, self._dated(one, dated), dated.source) for dated in one.values)
        return ParameterText(
            name=one.name,
            label=wording.chosen(one.label, self._language),
            value=self._dated(one, current) if current else "",
            source=current.source if current else "",
            history=history,
        )

    def _dated(self, one: Parameter, dated: DatedValue) -> str:
        called = wording.chosen(dated.label, self._language)
        return called or wording.shown(dated.value, self.rules.types[one.name], self._language, fewest=0)

    def derived(self, one: Derived) -> DerivedText:
        return DerivedText(one.name, wording.chosen(one.label, self._language), one.expression)


def _plain(value: Any) -> Any:
    if isinstance(value, Problem):
        return value.to_dict()
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return to_plain(value)
