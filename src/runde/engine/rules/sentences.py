"""The sentences of one case, filled from the expression and the case's own values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from runde.engine.rules import wording
from runde.engine.rules.closures import closure
from runde.engine.rules.model import CheckedRules
from runde.engine.rules.ruleset import AmountRow, DatedValue, Texts
from runde.engine.rules.templates import PLACEHOLDER, accepted_values, constant_behind, expanded
from runde.engine.rules.tree import Literal, Name, Node, names_in
from runde.engine.rules.value_types import ValueType
from runde.engine.rules.verdict import Distance, Missing

ValueOfName = Callable[[str], Any]

_WE_LACK = {"nb": "Vi mangler {missing}.", "nn": "Vi manglar {missing}.", "en": "We need {missing}."}
_ZERO = {
    "nb": "Vi kan ikke regne ut dette, fordi {missing} er 0.",
    "nn": "Vi kan ikkje rekne ut dette, fordi {missing} er 0.",
    "en": "We cannot work this out, because {missing} is 0.",
}
_AND = {"nb": " og ", "nn": " og ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Writer:
    """Fills the texts of one rule set with the parameters of one day."""

    rules: CheckedRules
    constants: Mapping[str, DatedValue]
    _requirements: dict[tuple[str, str], str] = field(default_factory=dict)
    _fixed_words: dict[tuple[int, str, str], str | None] = field(default_factory=dict)
    _half_filled: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    _labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def requirement(self, slug: str, language: str) -> str:
        """The public sentence: what the criterion demands."""
        if (slug, language) not in self._requirements:
            node, texts = self.rules.criteria[slug], self._texts(slug)
            template = expanded(wording.chosen(texts["requirement"], language), node, language)
            sentence = wording.filled(template, lambda name: self.fixed(name, node, language))
            self._requirements[slug, language] = sentence
        return self._requirements[slug, language]

    def reason(
        self,
        slug: str,
        outcome: str,
        language: str,
        value_of: ValueOfName,
        distances: tuple[Distance, ...],
        missing: tuple[Missing, ...],
    ) -> str:
        """How it went, with the case's values in it."""
        pieces = self._pieces(slug, outcome, language) or self._standard(slug, outcome, missing, language)
        if not pieces:
            return self.requirement(slug, language)
        filled = list(pieces)
        for place in range(1, len(pieces), 2):
            match pieces[place]:
                case "distance":
                    filled[place] = distances[0].sentence(language) if distances else ""
                case "missing":
                    filled[place] = _listed(missing, language)
                case name:
                    filled[place] = wording.shown(value_of(name), self.rules.types[name], language)
        return "".join(filled)

    def example(self, slug: str, outcome: str, language: str, blank: Callable[[str], str]) -> str:
        """What a letter says on an outcome, with `blank` in the place of what a case fills in."""
        pieces = self._pieces(slug, outcome, language) or self._standard(slug, outcome, (), language)
        filled = (blank(piece) if place % 2 else piece for place, piece in enumerate(pieces))
        return "".join(filled) or self.requirement(slug, language)

    def _pieces(self, slug: str, outcome: str, language: str) -> tuple[str, ...]:
        """A criterion's own text with everything filled in that is the same for every case.

        Words at the even places, and at the odd ones the names of what the case itself must fill.
        Empty when the criterion has no text of its own for the outcome.
        """
        key = (slug, outcome, language)
        if key not in self._half_filled:
            template = wording.chosen(self._texts(slug).get(outcome, {}), language)
            self._half_filled[key] = self._fill_half(slug, template, language) if template else ()
        return self._half_filled[key]

    def _fill_half(self, slug: str, template: str, language: str) -> tuple[str, ...]:
        node, pieces = self.rules.criteria[slug], [""]
        for place, piece in enumerate(PLACEHOLDER.split(expanded(template, node, language))):
            words = self._fixed(piece, node, language) if place % 2 else piece
            if words is None:
                pieces += [piece, ""]
            else:
                pieces[-1] += words
        return tuple(pieces)

    def row(self, name: str, language: str, value_of: ValueOfName) -> dict[str, str]:
        """A line of the calculation: its label, the sum behind it and the figure in words."""
        node = self.rules.named[name]
        return {
            "label": self._label(name, language),
            "workings": wording.workings(node, value_of, language),
            "shown": wording.shown(value_of(name), node.type, language),
        }

    def _label(self, name: str, language: str) -> str:
        if (name, language) not in self._labels:
            row = next(row for row in self.rules.ruleset.amount if row.name == name)
            self._labels[name, language] = self.row_label(row, language)
        return self._labels[name, language]

    def row_label(self, row: AmountRow, language: str) -> str:
        """A row's label with the day's parameters and the expression's own figures in it."""
        template, node = wording.chosen(row.label, language), self.rules.named[row.name]
        return wording.filled(template, lambda name: self.fixed(name, node, language))

    def fixed(self, name: str, node: Node, language: str) -> str:
        """What a placeholder stands for, the same for every case; empty when only a case can tell."""
        return self._fixed(name, node, language) or ""

    def _texts(self, slug: str) -> Mapping[str, Texts]:
        return next(one.texts for one in self.rules.ruleset.criteria if one.slug == slug)

    def _standard(
        self, slug: str, outcome: str, missing: tuple[Missing, ...], language: str
    ) -> tuple[str, ...]:
        if outcome != "unknown":
            return ()
        only_zero = bool(missing) and all(one.why == "division_by_zero" for one in missing)
        key = (slug, "zero" if only_zero else "lacking", language)
        if key not in self._half_filled:
            template = (_ZERO if only_zero else _WE_LACK)[language]
            self._half_filled[key] = self._fill_half(slug, template, language)
        return self._half_filled[key]

    def _fixed(self, name: str, node: Node, language: str) -> str | None:
        """What a placeholder stands for when the expression alone decides it; the same for every case."""
        key = (id(node), name, language)
        if key not in self._fixed_words:
            self._fixed_words[key] = self._work_out(name, node, language)
        return self._fixed_words[key]

    def _work_out(self, name: str, node: Node, language: str) -> str | None:
        if name == "list":
            accepted = accepted_values(node)
            return wording.joined([self._constant(*one, language) for one in accepted], language)
        found = constant_behind(name, node)
        if found is not None:
            return self._constant(*found, language)
        if name in self.rules.parameters:
            return self._parameter(name, self.rules.types[name], language)
        return None

    def _constant(self, node: Node, beside: ValueType, language: str) -> str:
        if isinstance(node, Name):
            return self._parameter(node.name, beside, language)
        if isinstance(node, Literal):
            return wording.shown(node.value, beside, language, fewest=0)
        return wording.shown(self._worked_out(node), beside, language, fewest=0)

    def _worked_out(self, node: Node) -> Any:
        """The value of a constant formula, such as two times a parameter; None when one has no value."""
        names = names_in(node)
        if any(name not in self.constants for name in names):
            return None
        slot_of = {name: place for place, name in enumerate(names)}
        return closure(node, slot_of)([self.constants[name].value for name in names])

    def _parameter(self, name: str, beside: ValueType, language: str) -> str:
        dated = self.constants.get(name)
        if dated is None:
            return wording.shown(None, beside, language)
        return wording.chosen(dated.label, language) or wording.shown(dated.value, beside, language, fewest=0)


def _listed(missing: tuple[Missing, ...], language: str) -> str:
    labels = [wording.chosen(one.label, language) for one in missing]
    lowered = [label[:1].lower() + label[1:] for label in labels]
    return _AND[language].join(part for part in (", ".join(lowered[:-1]), "".join(lowered[-1:])) if part)
