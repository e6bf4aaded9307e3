"""Two versions of a rule set, and what differs, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from runde.engine.rules import difference_words as words
from runde.engine.rules import wording
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.phrasing import label_of
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import (
    LANGUAGES,
    AmountRow,
    Criterion,
    Derived,
    Fact,
    Parameter,
    RuleSet,
    Texts,
)
from runde.engine.rules.sentences import Writer
from runde.engine.rules.shape_reading import Shape, parameter_in, shape_in
from runde.engine.rules.shapes import rules_of
from runde.engine.rules.templates import accepted_values, row_figures, thresholds
from runde.engine.rules.tree import Call, Node
from runde.engine.rules.tree import Literal as LiteralNode
from runde.engine.rules.value_types import Kind, ValueType

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `part` is criterion, outcome, legal_reference, period, text, parameter,
    fact, derived, amount, order or title; `before` and `after` are the two in words, empty where there is none.

    `direction` is "raised" or "lowered" for figures, "later" or "earlier" for dates, else empty.
    """

    kind: Change
    part: str
    name: str
    before: str
    after: str
    sentence: str
    direction: str = ""

    def to_dict(self) -> dict[str, str]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def compare_rulesets(
    old: RuleSet | CompiledRuleSet,
    new: RuleSet | CompiledRuleSet,
    language: str = "nb",
    on: date | None = None,
) -> tuple[Difference, ...]:
    """What differs from `old` to `new`, each as a sentence in the language; empty when nothing does.

    Parameters are compared by the figure in force on `on` (the latest when None), and by their other
    dated figures.
    """
    return tuple(_Comparison(rules_of(old), rules_of(new), language, on or date.max).differences())


class _Side:
    """One of the two rule sets, with its words."""

    def __init__(self, rules: CheckedRules, language: str, on: date) -> None:
        self.rules, self._language = rules, language
        self.constants = rules.values_on(on)
        self._writer = Writer(rules, self.constants)
        self._shapes = {slug: shape_in(node) for slug, node in rules.criteria.items()}

    def requirement(self, slug: str) -> str:
        return self._writer.requirement(slug, self._language)

    def row_label(self, row: AmountRow) -> str:
        return self._writer.row_label(row, self._language)

    def label(self, name: str) -> str:
        return label_of(self.rules, name, self._language)

    def alone(self, slug: str) -> Shape | None:
        """The criterion's shape, when it alone looks at what it looks at."""
        shape = self._shapes.get(slug)
        named = [one for one in self._shapes.values() if shape and one and one.name == shape.name]
        return shape if len(named) == 1 else None

    def about(self, slug: str) -> str:
        """ "kravet om fall i omsetning", or the requirement itself where that could be two."""
        shape = self.alone(slug)
        if shape is None:
            first = self.requirement(slug).partition(". ")[0]
            return words.said("quoted", self._language, first.rstrip("."))
        phrase = "about_date" if self.rules.types[shape.name].kind is Kind.DATE else "about"
        return words.said(phrase, self._language, words.lowered(self.label(shape.name)))

    def value(self, value: Any, beside: ValueType, label: Texts | None = None) -> str:
        called = wording.chosen(label or {}, self._language)
        if isinstance(value, Decimal) and beside.unit == "share":
            return wording.percent(value, self._language, sign=True)
        return called or wording.shown(value, beside, self._language, fewest=0)

    def parameter(self, name: str) -> str:
        dated = self.constants.get(name)
        return self.value(dated.value, self.rules.types[name], dated.label) if dated else ""

    def constant(self, node: Node, beside: ValueType) -> tuple[Any, str]:
        """A literal's value, and the value in words."""
        value = node.value if isinstance(node, LiteralNode) else None
        return value, self.value(value, beside)

    def text(self, node: Node, expression: str, literals: Iterable[Node]) -> str:
        """The expression with its literals left out: what is the same when only figures differ."""
        text = expression
        for one in sorted(literals, key=lambda part: -part.start):
            text = text[: one.start] + "·" + text[one.end :]
        return " ".join(text.split())


class _Comparison:
    def __init__(self, old: CheckedRules, new: CheckedRules, language: str, on: date) -> None:
        self._language = language
        self._old, self._new = _Side(old, language, on), _Side(new, language, on)

    def differences(self) -> Iterator[Difference]:
        old, new = self._old.rules.ruleset, self._new.rules.ruleset
        yield from self._texts("title", "title", self._say("title_subject"), old.title, new.title)
        yield from self._each("criterion", old.criteria, new.criteria, self._criterion)
        yield from self._each("parameter", old.parameters, new.parameters, self._parameter)
        yield from self._each("amount", old.amount, new.amount, self._row)
        yield from self._each("derived", old.derived, new.derived, self._derived)
        yield from self._each("fact", old.facts, new.facts, self._fact)
        yield from self._order()

    def _order(self) -> Iterator[Difference]:
        """The same parts in another order: it changes what is read first, and nothing else."""
        orders = [
            [
                [_key(one) for one in parts]
                for parts in (side.rules.ruleset.criteria, side.rules.ruleset.amount)
            ]
            for side in (self._old, self._new)
        ]
        same_parts = [sorted(names) for names in orders[0]] == [sorted(names) for names in orders[1]]
        if same_parts and orders[0] != orders[1]:
            yield Difference("changed", "order", "", "", "", self._say("reordered"))

    def _say(self, phrase: str, *values: str) -> str:
        return words.said(phrase, self._language, *values)

    def _each(
        self,
        part: str,
        old: Iterable[Any],
        new: Iterable[Any],
        compare: Callable[[Any, Any], Iterable[Difference]],
    ) -> Iterator[Difference]:
        before, after = {_key(one): one for one in old}, {_key(one): one for one in new}
        for name, one in before.items():
            if name not in after:
                said = self._shown(self._old, one)
                yield Difference("removed", part, name, said, "", self._say(f"removed_{part}", said))
            elif one != after[name]:
                yield from compare(one, after[name])
        for name, one in after.items():
            if name not in before:
                said = self._shown(self._new, one)
                yield Difference("added", part, name, "", said, self._say(f"added_{part}", said))

    def _shown(self, side: _Side, one: Any) -> str:
        if isinstance(one, Criterion):
            return side.requirement(one.slug)
        if isinstance(one, AmountRow):
            return side.row_label(one)
        label = wording.chosen(one.label, self._language)
        shown = side.parameter(one.name) if isinstance(one, Parameter) else ""
        return f"{label}: {shown}" if shown else label

    # -- figures ------------------------------------------------------------------------------

    def _moved(
        self, part: str, name: str, subject: str, before: tuple[Any, str], after: tuple[Any, str]
    ) -> Difference:
        """A figure or date that went from one value to another."""
        direction = words.direction(before[0], after[0])
        sentence = self._say(direction or "changed", words.capital(subject), before[1], after[1])
        return Difference("changed", part, name, before[1], after[1], sentence, direction)

    def _parameter(self, old: Parameter, new: Parameter) -> Iterator[Difference]:
        name, before, after = new.name, self._old.constants.get(new.name), self._new.constants.get(new.name)
        shown = (self._old.parameter(name), self._new.parameter(name))
        subject = self._subject_of_parameter(name)
        pair = [one.value if one else None for one in (before, after)]
        if pair[0] != pair[1] or shown[0] != shown[1]:
            words_of = [text or self._say("nothing") for text in shown]
            yield self._moved("parameter", name, subject, (pair[0], words_of[0]), (pair[1], words_of[1]))
        elif old.values != new.values:
            sentence = self._say("redated", words.capital(subject))
            yield Difference("changed", "parameter", name, shown[0], shown[1], sentence)
        yield from self._texts("parameter", name, self._say("label_subject", subject), old.label, new.label)
        if (old.type, old.unit, old.scale) != (new.type, new.unit, new.scale):
            sentence = self._say("redeclared", words.capital(subject))
            yield Difference("changed", "parameter", name, old.type, new.type, sentence)

    def _subject_of_parameter(self, name: str) -> str:
        """The criterion, when one criterion alone holds the figure as its limit; else the figure's label."""
        holders = [
            slug
            for slug, node in self._new.rules.criteria.items()
            if (shape := shape_in(node)) and f"{{{name}}}" in shape.values and len(shape.values) == 1
        ]
        alone = len(holders) == 1 and self._new.alone(holders[0])
        return self._new.about(holders[0]) if alone else self._new.label(name)

    def _figures(
        self,
        part: str,
        name: str,
        subject: str,
        old: tuple[Node, str, tuple[tuple[Node, ValueType], ...]],
        new: tuple[Node, str, tuple[tuple[Node, ValueType], ...]],
    ) -> list[Difference] | None:
        """The figures that differ between two formulas; None when more than figures differ."""
        literals = [[pair for pair in side[2] if isinstance(pair[0], LiteralNode)] for side in (old, new)]
        same = self._old.text(old[0], old[1], [one for one, _ in literals[0]]) == self._new.text(
            new[0], new[1], [one for one, _ in literals[1]]
        )
        if not same or len(literals[0]) != len(literals[1]):
            return None
        pairs = [
            (self._old.constant(*one), self._new.constant(*other))
            for one, other in zip(*literals, strict=True)
        ]
        return [self._moved(part, name, subject, one, other) for one, other in pairs if one[0] != other[0]]

    # -- criteria -----------------------------------------------------------------------------

    def _criterion(self, old: Criterion, new: Criterion) -> Iterator[Difference]:
        about = self._new.about(new.slug)
        if old.expression != new.expression:
            yield from self._demand(old, new)
        if old.when_not_met != new.when_not_met:
            sentence = self._say(f"now_{new.when_not_met}", words.capital(about))
            before, after = (self._say(one.when_not_met) for one in (old, new))
            yield Difference("changed", "outcome", new.slug, before, after, sentence)
        yield from self._plain(
            "legal_reference",
            new.slug,
            self._say("reference_subject", about),
            old.legal_reference,
            new.legal_reference,
        )
        spans = [words.span(one.valid_from, one.valid_to, self._language) for one in (old, new)]
        yield from self._plain("period", new.slug, self._say("period_subject", about), *spans)
        for field in dict.fromkeys((*old.texts, *new.texts)):
            subject = self._say(f"{field}_subject", about)
            yield from self._texts(
                "text", new.slug, subject, old.texts.get(field, {}), new.texts.get(field, {})
            )

    def _demand(self, old: Criterion, new: Criterion) -> Iterator[Difference]:
        slug, about = new.slug, self._new.about(new.slug)
        before, after = self._old.rules.criteria[slug], self._new.rules.criteria[slug]
        one, other = shape_in(before), shape_in(after)
        if one and other and (one.kind, one.name) == (other.kind, other.name) and accepted_values(after):
            yield from self._listed(slug, about, (before, one), (after, other))
            return
        formulas = (before, old.expression, thresholds(before)), (after, new.expression, thresholds(after))
        found = self._figures("criterion", slug, about, *formulas)
        if found is not None:
            yield from found
        else:
            yield from self._restated(old, new)

    def _restated(self, old: Criterion, new: Criterion) -> Iterator[Difference]:
        """Another demand altogether: told by the two public sentences, or by the formulas."""
        before, after = (side.requirement(new.slug) for side in (self._old, self._new))
        if before == after:
            sentence = self._say("formula", self._say("formula_subject", self._new.about(new.slug)))
            yield Difference("changed", "criterion", new.slug, old.expression, new.expression, sentence)
            return
        sentence = self._say("restated", before.rstrip("."), after.rstrip("."))
        yield Difference("changed", "criterion", new.slug, before, after, sentence)

    def _listed(
        self, slug: str, about: str, old: tuple[Node, Shape], new: tuple[Node, Shape]
    ) -> Iterator[Difference]:
        sides = ((self._old, *old), (self._new, *new))
        before, after = (self._names(side, node, shape) for side, node, shape in sides)
        all_before, all_after = (
            wording.joined(list(one.values()), self._language, "and") for one in (before, after)
        )
        gone = [name for value, name in before.items() if value not in after]
        come = [name for value, name in after.items() if value not in before]
        opposite = "_excluded" if new[1].kind == "none_of" else ""
        for phrase, items in (("list_added", come), ("list_removed", gone)):
            if items:
                listed = wording.joined(items, self._language, "and" if phrase == "list_added" else "or")
                sentence = self._say(phrase + opposite, words.capital(about), listed)
                yield Difference("changed", "criterion", slug, all_before, all_after, sentence)

    def _names(self, side: _Side, node: Node, shape: Shape) -> Mapping[str, str]:
        """What people call each of a list's values, by value."""
        named: dict[str, str] = {}
        for part, beside in accepted_values(node):
            if isinstance(part, LiteralNode):
                plain = format(part.value, "f") if isinstance(part.value, Decimal) else str(part.value)
                named[plain] = side.value(part.value, beside)
        parameters = [value for value in shape.values if parameter_in(value) is not None]
        return named | {value: side.parameter(value[1:-1]) for value in parameters}

    # -- the rest -----------------------------------------------------------------------------

    def _row(self, old: AmountRow, new: AmountRow) -> Iterator[Difference]:
        name, subject = new.name, self._say("row_subject", self._new.row_label(new))
        nodes = self._old.rules.named[name], self._new.rules.named[name]
        if old.expression != new.expression:
            yield from self._reworked(name, subject, (old, nodes[0]), (new, nodes[1]))
        shown = [self._say(f"kind_{one.kind}") for one in (old, new)]
        yield from self._plain("amount", name, self._say("kind_subject", subject), *shown)
        yield from self._plain(
            "amount", name, self._say("applies_subject", subject), old.applies_to or "", new.applies_to or ""
        )
        yield from self._texts("text", name, self._say("label_subject", subject), old.label, new.label)
        if old.audit_only != new.audit_only:
            sentence = self._say("audit_only" if new.audit_only else "not_audit_only", words.capital(subject))
            yield Difference("changed", "amount", name, "", "", sentence)

    def _reworked(
        self, name: str, subject: str, old: tuple[AmountRow, Node], new: tuple[AmountRow, Node]
    ) -> Iterator[Difference]:
        rounding = [words.rounding(node, self._language) for _, node in (old, new)]
        if all(rounding) and _rounded_part(*old) == _rounded_part(*new):
            yield from self._plain("amount", name, self._say("rounding_subject"), *rounding)
            return
        formulas = [(node, row.expression, row_figures(node)) for row, node in (old, new)]
        found = self._figures("amount", name, subject, *formulas)
        yield from self._formula("amount", name, subject, old[0], new[0]) if found is None else found

    def _formula(
        self, part: str, name: str, subject: str, old: AmountRow | Derived, new: AmountRow | Derived
    ) -> Iterator[Difference]:
        if old.expression != new.expression:
            sentence = self._say("formula", self._say("formula_subject", subject))
            yield Difference("changed", part, name, old.expression, new.expression, sentence)

    def _derived(self, old: Derived, new: Derived) -> Iterator[Difference]:
        subject = self._say("derived_subject", wording.chosen(new.label, self._language))
        yield from self._formula("derived", new.name, subject, old, new)
        yield from self._texts("derived", new.name, self._say("label_subject", subject), old.label, new.label)

    def _fact(self, old: Fact, new: Fact) -> Iterator[Difference]:
        subject = self._say("fact_subject", wording.chosen(new.label, self._language))
        shown = [self._say(f"source_{one.source}") for one in (old, new)]
        yield from self._plain("fact", new.name, self._say("source_subject", subject), *shown)
        if old.private != new.private:
            sentence = self._say("private" if new.private else "not_private", words.capital(subject))
            yield Difference("changed", "fact", new.name, "", "", sentence)
        yield from self._texts("fact", new.name, self._say("label_subject", subject), old.label, new.label)
        asked = self._say("question_subject", subject)
        yield from self._texts("fact", new.name, asked, old.question, new.question)
        if (old.type, old.unit, old.scale) != (new.type, new.unit, new.scale):
            sentence = self._say("redeclared", words.capital(subject))
            yield Difference("changed", "fact", new.name, old.type, new.type, sentence)
        if old.codes != new.codes:
            sentence = self._say("recoded", words.capital(subject))
            yield Difference("changed", "fact", new.name, "", "", sentence)

    def _plain(self, part: str, name: str, subject: str, before: str, after: str) -> Iterator[Difference]:
        if before != after:
            shown = [self._say("quote", one) if one else self._say("nothing") for one in (before, after)]
            sentence = self._say("changed", words.capital(subject), *shown)
            yield Difference("changed", part, name, before, after, sentence)

    def _texts(self, part: str, name: str, subject: str, old: Texts, new: Texts) -> Iterator[Difference]:
        """A text that differs, shown in the language asked for when it differs there, else in another."""
        for language in (self._language, *LANGUAGES):
            before, after = old.get(language, ""), new.get(language, "")
            if before != after:
                sentence = self._say(f"text_in_{language}", words.capital(subject))
                yield Difference("changed", part, name, before, after, sentence)
                return


def _rounded_part(row: AmountRow, node: Node) -> str:
    inner = node.arguments[0] if isinstance(node, Call) else node
    return row.expression[inner.start : inner.end]


def _key(one: Any) -> str:
    return str(one.slug if isinstance(one, Criterion) else one.name)
