"""Raw posted text to answers, and answers to text again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from runde.engine.reference.api import Language

from .definition import Definition, stages_of, type_of
from .question import BadAnswer, Json, Posted, Question, Raw, ShownTable, Stage, Texts, chosen
from .sentences import sentence
from .showing import Answers, Known, broken_checks, hidden_from_view, hidden_in, values_of


@dataclass(frozen=True, slots=True)
class Reading:
    """`values` holds what could be read, `errors` a sentence for each question that is not in order.

    A question may have both: a value that can be read and still breaks a check. `parts` has the sentences of
    single fields where a question has several. `hidden` are questions not shown with these answers: never a
    mistake, and whatever was answered before may stay.
    """

    values: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    slug: str
    label: str
    text: str
    is_answered: bool
    is_personal: bool
    type: str = ""
    table: ShownTable | None = None


@dataclass(frozen=True, slots=True)
class ShownSection:
    slug: str
    title: str
    answers: tuple[ShownAnswer, ...]


def read(
    definition: Definition,
    raw: Mapping[str, Raw],
    *,
    require: Stage | None,
    language: Language,
    asked: Collection[str] | None = None,
    known: Known | None = None,
    stored: Answers | None = None,
) -> Reading:
    """Read what was posted. Fields the form does not have are left out.

    `asked` names the questions on the page, all when None; a question that was asked and not posted counts as
    not answered. `stored` are answers given elsewhere, that conditions may rest on. With `require`, an unanswered
    question that is required at that stage is a mistake, and so is a check that is known not to hold.
    """
    known, page = known or {}, _on_page(definition, asked)
    read_now = _read_all(page, raw, language)
    others = {slug: value for slug, value in (stored or {}).items() if slug not in {one.slug for one in page}}
    answers = {**others, **read_now.values}
    hidden = hidden_in(definition, answers, known)
    reading = _without_faults_in(read_now, hidden)
    if require is not None:
        values = values_of(definition, answers, known)
        wanted = [one for one in page if one.slug not in hidden]
        _demand(definition, wanted, require, values, known, language, reading)
        _hold_to_checks(definition, wanted, require, values, language, reading)
    return reading


def written(definition: Definition, answers: Answers) -> dict[str, Raw]:
    """Each answer as it stands in its field; reading this gives the same answers."""
    return {
        question.slug: type_of(question).written(answers[question.slug], question)
        for question in definition.questions
        if question.slug in answers
    }


def shown(
    definition: Definition,
    answers: Answers,
    language: Language,
    *,
    known: Known | None = None,
    stage: Stage | None = None,
) -> tuple[ShownSection, ...]:
    """Every question that is shown with its answer as text, section by section; unanswered ones say so.

    `stage` picks the questions asked at that stage; None those of all. Sections left without questions are left out.
    """
    hidden = hidden_from_view(definition, answers, known)
    stages = tuple(Stage) if stage is None else stages_of(stage)
    sections = (
        ShownSection(
            section.slug,
            chosen(section.title, language),
            tuple(
                shown_one(one, answers, language)
                for one in section.questions
                if one.slug not in hidden and one.required_from in stages and type_of(one).has_answer
            ),
        )
        for section in definition.sections
    )
    return tuple(section for section in sections if section.answers)


def gathered(questions: Iterable[Question], posted: Posted) -> dict[str, Raw]:
    """What a browser posted for each of the questions; one that was not posted is empty."""
    return {one.slug: type_of(one).gathered(posted, one) for one in questions}


_NOT_ANSWERED: Texts = {"nb": "Ikke besvart", "nn": "Ikkje svart på", "en": "Not answered"}


def shown_one(question: Question, answers: Answers, language: Language) -> ShownAnswer:
    """One question with its answer as text, whether or not its conditions hold."""
    label, kind = chosen(question.label, language), type_of(question)
    if question.slug not in answers:
        text = chosen(_NOT_ANSWERED, language)
        return ShownAnswer(question.slug, label, text, False, question.personal, question.type)
    value = answers[question.slug]
    text, table = kind.shown(value, question, language), kind.table(value, question, language)
    return ShownAnswer(question.slug, label, text, True, question.personal, question.type, table)


def _on_page(definition: Definition, asked: Collection[str] | None) -> list[Question]:
    return [one for one in definition.questions if asked is None or one.slug in asked]


def _read_all(questions: Iterable[Question], raw: Mapping[str, Raw], language: Language) -> Reading:
    reading = Reading()
    for question in questions:
        try:
            value = type_of(question).read(raw.get(question.slug, ""), question, language)
        except BadAnswer as error:
            reading.errors[question.slug] = error.sentence
            if error.parts:
                reading.parts[question.slug] = error.parts
            continue
        if value is not None:
            reading.values[question.slug] = value
    return reading


def _without_faults_in(reading: Reading, hidden: frozenset[str]) -> Reading:
    return Reading(
        reading.values,
        {slug: told for slug, told in reading.errors.items() if slug not in hidden},
        {slug: told for slug, told in reading.parts.items() if slug not in hidden},
        hidden,
    )


def _demand(
    definition: Definition,
    questions: Iterable[Question],
    stage: Stage,
    values: Mapping[str, Any],
    known: Known,
    language: Language,
    reading: Reading,
) -> None:
    """Tell of each answer that lacks. What the register says itself is not demanded of the applicant."""
    for question in questions:
        slug = question.slug
        if slug in reading.values or slug in reading.errors or known.get(slug) is not None:
            continue
        if _is_due(question, stage) and _is_required(definition, question, values):
            reading.errors[slug] = sentence(_empty_key(question), question, language)


def _is_due(question: Question, stage: Stage) -> bool:
    return question.required_from == stage or (stage, question.required_from) == (Stage.SUBMIT, Stage.DRAFT)


def _is_required(definition: Definition, question: Question, values: Mapping[str, Any]) -> bool:
    condition = definition.required_if.get(question.slug)
    demanded = question.required or (condition is not None and condition.holds(values) is True)
    return demanded and type_of(question).has_answer


def _empty_key(question: Question) -> str:
    return "empty" if "empty" in question.errors else type_of(question).empty


def _hold_to_checks(
    definition: Definition,
    questions: Iterable[Question],
    stage: Stage,
    values: Mapping[str, Any],
    language: Language,
    reading: Reading,
) -> None:
    there = {one.slug for one in questions if one.required_from in stages_of(stage)}
    for check in broken_checks(definition, values):
        if check.question in there:
            reading.errors.setdefault(check.question, chosen(check.message, language))
