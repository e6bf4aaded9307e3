"""The sentences of a criterion made from its shape, in bokmål, nynorsk and English.

The words lie in phrases.json: whole sentences for facts that have their own way of being said, and
frames for all others. Every figure in them is a placeholder, filled from the expression.
"""

from collections.abc import Mapping

from runde.engine.rules.model import CheckedRules
from runde.engine.rules.phrases import limit_texts, phrases
from runde.engine.rules.ruleset import LANGUAGES, AmountRow, Derived, Fact, Parameter, RuleSet, Texts
from runde.engine.rules.shape_reading import DATE_KINDS, NUMBER_KINDS, SECTION, Shape
from runde.engine.rules.shapes import type_of_name
from runde.engine.rules.value_types import COUNTED, Kind, ValueType
from runde.engine.rules.wording import chosen


def generated_texts(shape: Shape, rules: CheckedRules) -> Mapping[str, Texts]:
    """The texts "requirement", "not_met" and "met" of a criterion of this shape."""
    name = SECTION if shape.kind == "industry" else shape.name
    own: Mapping[str, Texts] | None = phrases()["facts"].get(name, {}).get(shape.kind)
    if own is not None:
        return own
    frame, limits = phrases()["frames"][_frame(shape, rules)], _limits(shape.kind)
    texts = {
        field: {language: _said(templates[language], name, rules, limits, language) for language in LANGUAGES}
        for field, templates in frame.items()
    }
    date_phrase = phrases()["dates"].get(name)
    if date_phrase is not None and limits:
        texts["requirement"] = {one: date_phrase[one].replace("{}", limits[one]) for one in LANGUAGES}
    return texts


def _limits(kind: str) -> Texts:
    """Limits are filled in from the expression each time; a list has only itself to say."""
    ordered = kind in (*NUMBER_KINDS, *DATE_KINDS)
    return dict.fromkeys(LANGUAGES, "{limit}") if ordered else limit_texts(kind)


def _frame(shape: Shape, rules: CheckedRules) -> str:
    if shape.kind in ("is_true", "is_false"):
        return shape.kind
    if shape.kind == "none_of":
        return "excluded"
    return _frame_of_type(type_of_name(rules, shape.name), shape)


def _frame_of_type(value_type: ValueType, shape: Shape) -> str:
    if value_type.kind is Kind.DATE:
        return "dated"
    if value_type.kind is not Kind.NUMBER or shape.kind == "equals":
        return "listed"
    heads = value_type.unit in ("employees", "persons")
    return "counted" if heads and value_type.unit in COUNTED else "measured"


def _said(template: str, name: str, rules: CheckedRules, limits: Texts, language: str) -> str:
    """The frame with the fact's label in it and its value as a placeholder of its own."""
    said = template.replace("{limit}", chosen(limits, language)).replace("{value}", f"{{{name}}}")
    return said.replace("{label}", _plain(label_of(rules, name, language)))


def _plain(label: str) -> str:
    """A label is words, never a template."""
    return label.replace("{", "(").replace("}", ")")


def label_of(rules: CheckedRules, name: str, language: str) -> str:
    """What people call a fact, derived value, parameter or amount row."""
    return chosen(labels_of(rules, name), language)


def labels_of(rules: CheckedRules, name: str) -> Texts:
    return next((part.label for part in named_parts(rules.ruleset) if part.name == name), {"nb": name})


def named_parts(ruleset: RuleSet) -> tuple[Fact | Parameter | Derived | AmountRow, ...]:
    """Everything an expression can name."""
    return (*ruleset.facts, *ruleset.parameters, *ruleset.derived, *ruleset.amount)
