"""Which questions are shown, what the rules are given, and which checks answers do not keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .definition import Check, Definition, type_of
from .question import Json, Question

Answers = Mapping[str, Json]
Known = Mapping[str, Any]
"""What the register says, by the names conditions use, as the rules take it; None where it says nothing."""


def hidden_in(definition: Definition, answers: Answers, known: Known) -> frozenset[str]:
    """The questions whose conditions do not hold, or cannot be told. A hidden answer is unknown to the others."""
    values = _all_values(definition, answers, known)
    hidden: set[str] = set()
    for slug, conditions in definition.shown_if.items():
        if not all(condition.holds(values) is True for condition in conditions):
            hidden.add(slug)
            _forget(values, definition.question(slug), known)
    return frozenset(hidden)


def hidden_from_view(definition: Definition, answers: Answers, known: Known | None) -> frozenset[str]:
    """As `hidden_in`. Where nobody has asked the register (`known` None), an answer that was given is shown unless its
    conditions are known not to hold: it was asked for when the register was asked."""
    hidden = hidden_in(definition, answers, known or {})
    if known is not None:
        return hidden
    values = values_of(definition, answers, {})
    return frozenset(
        slug for slug in hidden if slug not in answers or not _may_be_shown(definition, slug, values)
    )


def _may_be_shown(definition: Definition, slug: str, values: Mapping[str, Any]) -> bool:
    """Whether only the register lacks for the conditions to hold."""
    return all(
        condition.holds(values) is True
        or (condition.holds(values) is None and not definition.owners.keys() >= set(condition.names))
        for condition in definition.shown_if[slug]
    )


def values_of(definition: Definition, answers: Answers, known: Known) -> dict[str, Any]:
    """Answers to the questions that are shown, by the names of the rules, and what is known beside them."""
    hidden = hidden_in(definition, answers, known)
    shown = {slug: value for slug, value in answers.items() if slug not in hidden}
    return _all_values(definition, shown, known)


def typed_answers(definition: Definition, answers: Answers, known: Known) -> dict[str, Any]:
    """The shown answers alone, by the names of the rules."""
    hidden = hidden_in(definition, answers, known)
    shown = {slug: value for slug, value in answers.items() if slug not in hidden}
    return dict(_named(definition, shown))


def broken_checks(definition: Definition, values: Mapping[str, Any]) -> Iterator[Check]:
    """The checks that are known not to hold."""
    for check in definition.checks:
        if check.condition.holds(values) is False:
            yield check


def _all_values(definition: Definition, answers: Answers, known: Known) -> dict[str, Any]:
    told = {name: value for name, value in known.items() if value is not None}
    return {**dict(_named(definition, answers)), **told}


def _named(definition: Definition, answers: Answers) -> Iterator[tuple[str, Any]]:
    for question in definition.questions:
        if question.slug in answers:
            yield from type_of(question).named(answers[question.slug], question).items()


def _forget(values: dict[str, Any], question: Question, known: Known) -> None:
    for name in type_of(question).facts(question):
        if known.get(name) is None:
            values.pop(name, None)
