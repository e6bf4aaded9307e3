"""The public sentence with its values cut out, so that a page can show each value as a field.

A field's name is the placeholder it fills in the text: "threshold", "threshold_2", "list", "figure",
or a parameter's name. Whatever is typed in it changes the rule itself, never just the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules import wording
from runde.engine.rules.errors import Problem, RuleError, closest
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.program import CompiledRuleSet
from runde.engine.rules.ruleset import AmountRow, Criterion, DatedValue, Parameter, RuleSet, Texts
from runde.engine.rules.sentences import Writer
from runde.engine.rules.shape_reading import INDUSTRY_CODE, SECTION, Shape, parameter_in, shape_in
from runde.engine.rules.shapes import expression_of, literal, read_list, rules_of
from runde.engine.rules.templates import (
    PLACEHOLDER,
    accepted_values,
    constant_behind,
    expanded,
    row_figures,
    thresholds,
)
from runde.engine.rules.tree import Literal, Name, Node, names_in
from runde.engine.rules.typed_values import (
    FieldKind,
    choices_of,
    field_kind,
    read_one_code,
    read_typed,
    typed_text,
    unit_word,
)
from runde.engine.rules.value_types import Kind, ValueType


@dataclass(frozen=True, slots=True)
class Editable:
    """A value in a sentence. `value` is as typed in a Norwegian field: "30", "5 000", "01.03.2026".

    `unit` is the word after the field, `shown` value and unit as the public sentence has them;
    `parameter` the parameter it changes, None when the figure stands in the expression itself;
    `choices` code and name, where there is a code list.
    """

    name: str
    kind: FieldKind
    value: str
    unit: str = ""
    shown: str = ""
    parameter: str | None = None
    choices: tuple[tuple[str, str], ...] = ()


Part = str | Editable


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A row of the calculation as a sentence; `more` holds its values that the sentence does not show."""

    name: str
    kind: str
    parts: tuple[Part, ...]
    more: tuple[Editable, ...]
    expression: str


def sentence_parts(
    ruleset: RuleSet | CompiledRuleSet, slug: str, on: date, language: str = "nb"
) -> tuple[Part, ...]:
    """The requirement cut at its values. Joined with each value's `shown`, it is the public sentence.

    Raises RuleError for an unknown criterion.
    """
    sentences = _Sentences(rules_of(ruleset), on, language)
    criterion = sentences.criterion(slug)
    return sentences.parts(criterion.texts["requirement"], sentences.rules.criteria[slug])


def values_in_criterion(
    ruleset: RuleSet | CompiledRuleSet, slug: str, on: date, language: str = "nb"
) -> tuple[Editable, ...]:
    """Every value of a criterion that can be changed, also those its sentence leaves out."""
    sentences = _Sentences(rules_of(ruleset), on, language)
    sentences.criterion(slug)
    node = sentences.rules.criteria[slug]
    names = ["list"] if accepted_values(node) else []
    names += [_numbered("threshold", number) for number in range(1, len(thresholds(node)) + 1)]
    found = (sentences.editable(name, node) for name in names)
    return tuple(one for one in found if isinstance(one, Editable))


def amount_parts(
    ruleset: RuleSet | CompiledRuleSet, on: date, language: str = "nb"
) -> tuple[AmountLine, ...]:
    """The rows of the calculation in order, each with its label cut at its values."""
    sentences = _Sentences(rules_of(ruleset), on, language)
    return tuple(sentences.amount_line(row) for row in sentences.rules.ruleset.amount)


def _numbered(word: str, number: int) -> str:
    return word if number == 1 else f"{word}_{number}"


class _Sentences:
    def __init__(self, rules: CheckedRules, on: date, language: str) -> None:
        self.rules = rules
        self._language = language
        self._constants = rules.values_on(on)
        self._writer = Writer(rules, self._constants)

    def criterion(self, slug: str) -> Criterion:
        return criterion_in(self.rules.ruleset, slug)

    def parts(self, texts: Texts, node: Node) -> tuple[Part, ...]:
        template = expanded(wording.chosen(texts, self._language), node, self._language)
        pieces = PLACEHOLDER.split(template)
        found: list[Part] = []
        for place, piece in enumerate(pieces):
            part = self.editable(piece, node) if place % 2 else piece
            if part != "":
                found.append(part)
        return tuple(found)

    def amount_line(self, row: AmountRow) -> AmountLine:
        node = self.rules.named[row.name]
        parts = self.parts(row.label, node)
        shown = {part.parameter or part.name for part in parts if isinstance(part, Editable)}
        names = [_numbered("figure", number) for number in range(1, len(row_figures(node)) + 1)]
        names += [name for name in self._parameters(node) if name not in names]
        more = (self.editable(name, node) for name in names if name not in shown)
        kept = tuple(one for one in more if isinstance(one, Editable) and one.name not in shown)
        return AmountLine(row.name, row.kind, parts, kept, row.expression)

    def _parameters(self, node: Node) -> Iterator[str]:
        yield from (name for name in names_in(node) if name in self.rules.parameters)

    def editable(self, name: str, node: Node) -> Part:
        """The field behind a placeholder, or plain text for what only the formula can change."""
        if name == "list":
            return self._list(node)
        found = constant_behind(name, node)
        if found is None and name in self.rules.parameters:
            return self._parameter(name, name, self.rules.types[name])
        part, beside = found or (None, None)
        if isinstance(part, Name) and beside is not None:
            return self._parameter(name, part.name, beside)
        if isinstance(part, Literal) and beside is not None:
            return self._field(name, part.value, beside)
        return self._writer.fixed(name, node, self._language)

    def _parameter(self, name: str, parameter: str, beside: ValueType) -> Editable:
        dated, value_type = self._constants.get(parameter), self.rules.types[parameter]
        value = dated.value if dated else None
        typed = replace(value_type, unit=value_type.unit or beside.unit, codes=beside.codes)
        field = self._field(name, value, typed)
        label = wording.chosen(dated.label, self._language) if dated else ""
        return replace(field, shown=label or field.shown, parameter=parameter)

    def _field(self, name: str, value: Any, value_type: ValueType) -> Editable:
        kind, language = field_kind(value_type), self._language
        return Editable(
            name=name,
            kind=kind,
            value=typed_text(value, kind),
            unit=unit_word(value, value_type, language),
            shown=wording.shown(value, value_type, language, fewest=0),
            choices=choices_of(value_type, language),
        )

    def _list(self, node: Node) -> Part:
        shown, shape = self._writer.fixed("list", node, self._language), shape_in(node)
        if shape is None or any(parameter_in(value) for value in shape.values):
            return shown
        beside = [value_type for _, value_type in accepted_values(node)]
        codes = {code: pair for one in beside for code, *pair in choices_of(one, self._language)}
        choices = tuple((code, name) for code, [name] in codes.items())
        return Editable("list", "codes", ", ".join(shape.values), shown=shown, choices=choices)


def criterion_in(ruleset: RuleSet, slug: str) -> Criterion:
    """The criterion by slug. Raises RuleError with the nearest one."""
    known = {criterion.slug: criterion for criterion in ruleset.criteria}
    if slug not in known:
        message = f"Regelsettet har ikke kravet «{slug[:60]}»."
        raise RuleError(
            Problem("unknown_criterion", message, found=slug[:60], suggestion=closest(slug, known))
        )
    return known[slug]


# -- what is typed, into the rule -----------------------------------------------------------------


def with_value(
    ruleset: RuleSet,
    slug: str,
    editable_name: str,
    typed_text: str,
    *,
    on: date | None = None,
    label: Texts | None = None,
    labels: Mapping[str, Texts] | None = None,
    source: str | None = None,
) -> RuleSet:
    """The rule set with one value of a criterion changed to what was typed.

    `editable_name` is the name of a field from `sentence_parts` or `values_in_criterion`. A parameter
    is changed in the figure in force on `on` (the latest when None). `label` is what people call the
    new value, `labels` what they call each code in a list, `source` where it is decided.
    Raises RuleError, in Norwegian, with where, what and how to mend it, when the text cannot be read
    or the rules do not hold with it.
    """
    criterion = criterion_in(ruleset, slug)
    node, where = rules_of(ruleset).criteria[slug], f"criteria.{slug}.{editable_name}"
    if editable_name == "list":
        return _relisted(ruleset, criterion, node, typed_text, labels or {}, where)
    found = constant_behind(editable_name, node)
    if found is not None and isinstance(found[0], Literal):
        expression = _rewritten(criterion.expression, found[0], found[1], typed_text, where)
        return _with_expression(ruleset, criterion, expression)
    name = found[0].name if found is not None and isinstance(found[0], Name) else editable_name
    return with_parameter_value(ruleset, name, typed_text, on=on, label=label, source=source, where=where)


def with_amount_value(
    ruleset: RuleSet,
    row_name: str,
    editable_name: str,
    typed_text: str,
    *,
    on: date | None = None,
    source: str | None = None,
) -> RuleSet:
    """The same for a value in a row of the calculation, as `amount_parts` names it."""
    rules, rows = rules_of(ruleset), {row.name: row for row in ruleset.amount}
    if row_name not in rows:
        message = f"Beregningen har ikke raden «{row_name[:60]}»."
        raise RuleError(Problem("unknown_row", message, suggestion=closest(row_name, rows)))
    where = f"amount.{row_name}.{editable_name}"
    found = constant_behind(editable_name, rules.named[row_name])
    if found is None or not isinstance(found[0], Literal):
        return with_parameter_value(ruleset, editable_name, typed_text, on=on, source=source, where=where)
    row = rows[row_name]
    expression = _rewritten(row.expression, found[0], found[1], typed_text, where)
    changed = replace(row, expression=expression)
    return checked(replace(ruleset, amount=tuple(changed if one is row else one for one in ruleset.amount)))


def with_parameter_value(
    ruleset: RuleSet,
    name: str,
    typed_text: str,
    *,
    on: date | None = None,
    label: Texts | None = None,
    source: str | None = None,
    where: str = "",
) -> RuleSet:
    """The rule set with one parameter changed to what was typed; its other dated figures stay.

    What people call the old value (a municipality's name) goes with the old value.
    """
    known = {parameter.name: parameter for parameter in ruleset.parameters}
    where = where or f"parameters.{name}"
    if name not in known:
        message = f"Her er ingen verdi som heter «{name[:60]}»."
        raise RuleError(Problem("unknown_value", message, where, suggestion=closest(name, known)))
    parameter = known[name]
    value = read_typed(field_kind(parameter.value_type), typed_text, where)
    _require_decimals(parameter, value, where)
    changed = replace(parameter, values=_redated(parameter, value, on, label, source))
    parameters = tuple(changed if one is parameter else one for one in ruleset.parameters)
    return checked(replace(ruleset, parameters=parameters))


def _redated(
    parameter: Parameter, value: Any, on: date | None, label: Texts | None, source: str | None
) -> tuple[DatedValue, ...]:
    old = parameter.on(on or date.max)
    if old is None:
        return (*parameter.values, DatedValue(value, None, source or "", label or {}))
    kept = old.label if value == old.value else {}
    new = DatedValue(value, old.valid_from, old.source if source is None else source, label or kept)
    return tuple(new if one is old else one for one in parameter.values)


def _require_decimals(parameter: Parameter, value: Any, where: str) -> None:
    scale = parameter.value_type.scale
    if isinstance(value, Decimal) and -int(value.as_tuple().exponent) > scale:
        most = max(0, scale - 2) if parameter.type == "share" else scale
        message = "Verdien har for mange desimaler."
        raise RuleError(Problem("typed", message, where, expected=f"høyst {most} desimaler"))


def _rewritten(expression: str, node: Literal, beside: ValueType, typed: str, where: str) -> str:
    """The expression with one literal in it replaced."""
    kind = field_kind(beside if beside.kind is not Kind.NUMBER or beside.unit else node.type)
    kind = field_kind(beside) if kind == "integer" else kind
    value = read_one_code(typed, beside.codes, where) if kind == "codes" else read_typed(kind, typed, where)
    plain = format(value, "f") if isinstance(value, Decimal) else str(value)
    written = literal(plain, node.type).removeprefix("DATE ")
    return expression[: node.start] + written + expression[node.end :]


def _relisted(
    ruleset: RuleSet, criterion: Criterion, node: Node, typed: str, labels: Mapping[str, Texts], where: str
) -> RuleSet:
    shape = shape_in(node)
    if shape is None:
        raise RuleError(Problem("shape", "Denne lista kan bare endres i formelen.", where))
    labelled = with_shape_labels(ruleset, shape, labels)
    values = read_list(rules_of(labelled), shape.kind, shape.name, typed, where)
    expression = expression_of(Shape(shape.kind, shape.name, values), ruleset)
    return _with_expression(labelled, criterion, expression)


def with_shape_labels(ruleset: RuleSet, shape: Shape, labels: Mapping[str, Texts]) -> RuleSet:
    """The rule set in which the code lists behind a shape also have these names; not checked."""
    if shape.kind != "industry":
        return with_code_labels(ruleset, shape.name, labels)
    sections = {code: texts for code, texts in labels.items() if code[:1].isalpha()}
    beginnings = {code: texts for code, texts in labels.items() if code not in sections}
    return with_code_labels(with_code_labels(ruleset, SECTION, sections), INDUSTRY_CODE, beginnings)


def with_code_labels(ruleset: RuleSet, name: str, labels: Mapping[str, Texts]) -> RuleSet:
    """The rule set in which the fact's code list also has these names; not checked."""
    fact = ruleset.fact(name)
    if fact is None or not labels:
        return ruleset
    named = replace(fact, codes={**fact.codes, **labels})
    return replace(ruleset, facts=tuple(named if one is fact else one for one in ruleset.facts))


def _with_expression(ruleset: RuleSet, criterion: Criterion, expression: str) -> RuleSet:
    changed = replace(criterion, expression=expression)
    criteria = tuple(changed if one is criterion else one for one in ruleset.criteria)
    return checked(replace(ruleset, criteria=criteria))


def checked(ruleset: RuleSet) -> RuleSet:
    """The rule set itself, when every name, expression, text and figure in it holds; RuleError if not."""
    return RuleSet.from_dict(ruleset.to_dict())
