from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from runde.engine.reference.api import Language

from ..domain import reading
from ..domain.definition import Definition, Section, definition_of, digest_of, stages_of, type_of
from ..domain.definition_checks import Types, problems_in
from ..domain.expression_checks import references_in_form
from ..domain.question import Json, Posted, Question, Raw, Stage
from ..domain.rebasing import Rebased, rebase
from ..domain.showing import hidden_in, typed_answers
from ..models import FormVersion


class FormAltered(Exception):
    """The stored form no longer has the digest it was published with."""


NOBODY = UUID(int=0)
_KEPT = 200
_read: dict[str, Definition] = {}


def definition(form: FormVersion) -> Definition:
    """The form's sections, questions, conditions and checks, read once for each digest in each process.

    Raises FormAltered when the stored form is not the one that was published.
    """
    known = _read.get(form.digest)
    if known is not None:
        return known
    if digest_of(form.definition) != form.digest:
        raise FormAltered(f"Form version {form.id} is not {form.digest}")
    if len(_read) >= _KEPT:
        _read.clear()
    return _read.setdefault(form.digest, definition_of(form.definition))


def form_of(definition: Any) -> FormVersion:
    """A form that is not stored: questions that are only asked on a page, read like all others."""
    return FormVersion(tenant_id=NOBODY, definition=definition, digest=digest_of(definition))


def sections_of(form: FormVersion, stage: Stage = Stage.SUBMIT) -> tuple[Section, ...]:
    """The sections with the questions asked at a stage; those of drafts and of sending are asked together.

    A section without such questions is left out. Conditions are not looked at: see `hidden_questions`.
    """
    stages = stages_of(stage)
    asked = (
        Section(
            section.slug,
            section.title,
            section.why,
            tuple(one for one in section.questions if one.required_from in stages),
            section.shown_if,
        )
        for section in definition(form).sections
    )
    return tuple(section for section in asked if section.questions)


def questions_of(form: FormVersion, stage: Stage | None = None) -> tuple[Question, ...]:
    """Every question, or those asked at a stage, in the order they are asked."""
    if stage is None:
        return definition(form).questions
    return tuple(question for section in sections_of(form, stage) for question in section.questions)


def hidden_questions(
    form: FormVersion, answers: Mapping[str, Json], known: Mapping[str, Any] | None = None
) -> frozenset[str]:
    """The questions not to be shown with these answers: their conditions do not hold, or cannot be told yet.

    `known` is what the register says, by the names conditions use, as the rules take it.
    """
    return hidden_in(definition(form), answers, known or {})


def read_answers(
    form: FormVersion,
    raw: Mapping[str, Raw],
    *,
    require: Stage | None,
    language: Language,
    asked: Collection[str] | None = None,
    known: Mapping[str, Any] | None = None,
    stored: Mapping[str, Json] | None = None,
) -> reading.Reading:
    """Read what a browser posted: values that could be read, and a sentence for each that could not.

    Takes what people type and paste: blanks, full stops, "kr". `asked` names the questions on the page (all
    when None); one that was asked and not posted counts as not answered. `require` makes it a mistake to leave
    what is required at that stage unanswered, or to break a check; None demands nothing. `known` is what the
    register says and `stored` the answers on other pages: conditions may rest on both.
    """
    return reading.read(
        definition(form), raw, require=require, language=language, asked=asked, known=known, stored=stored
    )


def raw_of(questions: Iterable[Question], posted: Posted) -> dict[str, Raw]:
    """What a browser posted for each of the questions, gathered from its fields; "" or no rows for nothing.

    A period is posted as "<slug>-from" and "<slug>-to", a table as "<slug>-<row>-<column>", all others by slug.
    """
    return reading.gathered(questions, posted)


def written_answers(form: FormVersion, answers: Mapping[str, Json]) -> dict[str, Raw]:
    """Stored answers as they stand in their fields when the page is opened again."""
    return reading.written(definition(form), answers)


def typed(
    form: FormVersion, answers: Mapping[str, Json], known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Stored answers as Python values for the rules: Decimal, date, int, bool, text or a set of codes.

    By the names of the rules: a period as `<slug>_from` and `<slug>_to`, a table as the sum of its first summed
    column, `<slug>`, and each sum as `<slug>_<column>`. Answers to hidden questions are left out.
    """
    return typed_answers(definition(form), answers, known or {})


def shown_answers(
    form: FormVersion,
    answers: Mapping[str, Json],
    language: Language,
    *,
    known: Mapping[str, Any] | None = None,
    stage: Stage | None = Stage.SUBMIT,
) -> tuple[reading.ShownSection, ...]:
    """Every question shown at the stage with its answer as text, section by section, for review, receipt and case.

    `stage` None shows the questions of every stage. Hidden questions and pure information are left out; when
    `known` is None, given answers are not hidden for want of what the register would have said.
    """
    return reading.shown(definition(form), answers, language, known=known, stage=stage)


def shown_answer(form: FormVersion, slug: str, value: Json, language: Language) -> reading.ShownAnswer:
    """One answer as text, whether or not its question is hidden. Raises KeyError for a question the form lacks."""
    return reading.shown_one(definition(form).question(slug), {slug: value}, language)


def rebase_answers(
    old: FormVersion, new: FormVersion, answers: Mapping[str, Json], language: Language
) -> Rebased:
    """Answers to one version of a form moved to another: kept, or set aside with what was asked. None is lost."""
    return rebase(definition(old), definition(new), answers, language)


def fact_types_of(form: FormVersion) -> dict[str, frozenset[str]]:
    """The names rules may know answers by, each with the types of facts it can be. See `typed`."""
    return _facts(questions_of(form))


def definition_problems(
    data: Any, known_types: Types | None = None, *, is_finished: bool = True
) -> list[str]:
    """What is wrong with a definition that is not published yet, each a sentence; [] when it can be.

    While it is being made (`is_finished` False) it may have sections without questions.
    """
    return problems_in(data, known_types, is_finished=is_finished)


def questions_in(data: Any) -> tuple[Question, ...]:
    """The questions of a definition without problems, in the order they are asked."""
    return definition_of(data).questions


def fact_types_in(data: Any) -> dict[str, frozenset[str]]:
    """As `fact_types_of`, for a definition that is not published yet."""
    return _facts(questions_in(data))


def references_in(data: Any) -> list[tuple[str, str]]:
    """Which questions lean on which in a definition without problems: (the one that leans, the one leant on)."""
    return references_in_form(data)


def _facts(questions: Iterable[Question]) -> dict[str, frozenset[str]]:
    return {name: types for one in questions for name, types in type_of(one).facts(one).items()}
