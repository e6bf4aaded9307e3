"""Raw posted text to answers, and answers to text again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from operator import ge, gt, le, lt
from typing import Any

from runde.engine.reference.api import Language

from .definition import Comparison, Definition, type_of
from .question import BadAnswer, Json, Question, Raw, Texts, chosen
from .sentences import sentence

Answers = Mapping[str, Json]
_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge}
_EMPTY_KEY = {"choice": "choose", "yes_no": "choose", "declaration": "confirm"}


@dataclass(frozen=True, slots=True)
class Reading:
    """`values` holds what could be read, `errors` a sentence for each question that could not be."""

    values: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    slug: str
    label: str
    text: str
    is_answered: bool
    is_personal: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    slug: str
    title: str
    answers: tuple[ShownAnswer, ...]


def read(
    definition: Definition,
    raw: Mapping[str, Raw],
    *,
    require: bool,
    language: Language,
    asked: Collection[str] | None = None,
) -> Reading:
    """Read what was posted. Fields the form does not have are left out.

    `asked` names the questions on the page, all when None; a question that was asked and not posted counts as
    not answered. With `require`, an unanswered required question is a mistake.
    """
    reading = Reading()
    for question in definition.questions:
        if asked is None or question.slug in asked:
            _read_one(question, raw.get(question.slug, ""), language, reading)
    if require:
        _require(definition, asked, language, reading)
    for comparison in definition.comparisons:
        _compare(definition, comparison, language, reading)
    return reading


def written(definition: Definition, answers: Answers) -> dict[str, Raw]:
    """Each answer as it stands in its field; reading this gives the same answers."""
    return {
        question.slug: type_of(question).written(answers[question.slug], question)
        for question in definition.questions
        if question.slug in answers
    }


def typed(definition: Definition, answers: Answers) -> dict[str, Any]:
    """Each answer as the rules take it: Decimal, date, int, bool, text or a set of codes."""
    return {
        question.slug: type_of(question).typed(answers[question.slug])
        for question in definition.questions
        if question.slug in answers
    }


def shown(definition: Definition, answers: Answers, language: Language) -> tuple[ShownSection, ...]:
    """Every question with its answer as text, section by section; unanswered ones say so."""
    return tuple(
        ShownSection(
            section.slug,
            chosen(section.title, language),
            tuple(_shown_one(question, answers, language) for question in section.questions),
        )
        for section in definition.sections
    )


_NOT_ANSWERED: Texts = {"nb": "Ikke besvart", "nn": "Ikkje svart på", "en": "Not answered"}


def _shown_one(question: Question, answers: Answers, language: Language) -> ShownAnswer:
    is_answered = question.slug in answers
    value = type_of(question).shown(answers[question.slug], question, language) if is_answered else ""
    text = value if is_answered else chosen(_NOT_ANSWERED, language)
    return ShownAnswer(question.slug, chosen(question.label, language), text, is_answered, question.personal)


def _read_one(question: Question, raw: Raw, language: Language, reading: Reading) -> None:
    try:
        value = type_of(question).read(raw, question, language)
    except BadAnswer as error:
        reading.errors[question.slug] = error.sentence
        return
    if value is not None:
        reading.values[question.slug] = value


def _require(
    definition: Definition, asked: Collection[str] | None, language: Language, reading: Reading
) -> None:
    for question in definition.questions:
        slug = question.slug
        if slug in reading.values or slug in reading.errors or (asked is not None and slug not in asked):
            continue
        if question.required or _is_demanded(definition, slug, reading):
            reading.errors[slug] = sentence(_empty_key(question), question, language)


def _empty_key(question: Question) -> str:
    return "empty" if "empty" in question.errors else _EMPTY_KEY.get(question.type, "empty")


def _is_demanded(definition: Definition, slug: str, reading: Reading) -> bool:
    condition = definition.conditions.get(slug)
    return condition is not None and reading.values.get(condition.question) == condition.equals


def _compare(definition: Definition, comparison: Comparison, language: Language, reading: Reading) -> None:
    pair = (comparison.question, comparison.other)
    if not all(slug in reading.values for slug in pair):
        return
    one, other = (type_of(definition.question(slug)).typed(reading.values[slug]) for slug in pair)
    if not _COMPARE[comparison.operator](one, other):
        reading.errors[comparison.question] = chosen(comparison.error, language)
