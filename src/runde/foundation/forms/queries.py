from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from runde.engine.reference.api import Language

from .domain import reading
from .domain.definition import Definition, Section, definition_of, digest_of, type_of
from .domain.definition_checks import BadForm, read_definition
from .domain.question import Json, Question, Raw
from .models import FormVersion


class FormAltered(Exception):
    """The stored form no longer has the digest it was published with."""


NOBODY = UUID(int=0)
_KEPT = 200
_read: dict[str, Definition] = {}


def definition(form: FormVersion) -> Definition:
    """The form's sections, questions and comparisons, read once for each digest in each process.

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


def sections_of(form: FormVersion) -> tuple[Section, ...]:
    return definition(form).sections


def questions_of(form: FormVersion) -> tuple[Question, ...]:
    """Every question, in the order they are asked."""
    return definition(form).questions


def read_answers(
    form: FormVersion,
    raw: Mapping[str, Raw],
    *,
    require: bool,
    language: Language,
    asked: Collection[str] | None = None,
) -> reading.Reading:
    """Read what a browser posted: values that could be read, and a sentence for each that could not.

    Takes what people type and paste: blanks, full stops, "kr". `asked` names the questions on the page (all
    when None); one that was asked and not posted counts as not answered. `require` makes it a mistake to leave
    a required question unanswered.
    """
    return reading.read(definition(form), raw, require=require, language=language, asked=asked)


def written_answers(form: FormVersion, answers: Mapping[str, Json]) -> dict[str, Raw]:
    """Stored answers as they stand in their fields when the page is opened again."""
    return reading.written(definition(form), answers)


def typed(form: FormVersion, answers: Mapping[str, Json]) -> dict[str, Any]:
    """Stored answers as Python values for the rules: Decimal, date, int, bool, text or a set of codes."""
    return reading.typed(definition(form), answers)


def shown_answers(
    form: FormVersion, answers: Mapping[str, Json], language: Language
) -> tuple[reading.ShownSection, ...]:
    """Every question with its answer as text, section by section, for review, receipt and case page."""
    return reading.shown(definition(form), answers, language)


def fact_types_of(form: FormVersion) -> dict[str, frozenset[str]]:
    """The types of rule facts each question can answer, by slug."""
    return {question.slug: type_of(question).fact_types for question in questions_of(form)}


def definition_problems(data: Any) -> list[str]:
    """What is wrong with a definition that is not published yet, each a sentence; [] when it can be."""
    try:
        read_definition(data)
    except BadForm as error:
        return error.problems
    return []


def questions_in(data: Any) -> tuple[Question, ...]:
    """The questions of a definition without problems, in the order they are asked."""
    return definition_of(data).questions


def fact_types_in(data: Any) -> dict[str, frozenset[str]]:
    """As `fact_types_of`, for a definition that is not published yet."""
    return {question.slug: type_of(question).fact_types for question in questions_in(data)}
