"""The draft's form as the applicant will meet it. Answers live on the page and are stored nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from runde.engine.reference.api import LANGUAGES, Language
from runde.foundation.forms.api import (
    FormVersion,
    Json,
    Question,
    Raw,
    Reading,
    Section,
    Stage,
    chosen,
    form_of,
    hidden_questions,
    raw_of,
    read_answers,
    sections_of,
    shown_answer,
    written_answers,
)
from runde.grants.designs.api import Content
from runde.web.applicant.grids import after_act, columns_of, readable_rows, with_totals
from runde.web.applicant.questions import field_of
from runde.web.applicant.raw_values import rows_of
from runde.web.applicant.sheet import Asked
from runde.web.components.fields import Field
from runde.web.designer.asking.question_page import row_act

LONGEST_CARRIED = 100_000


@dataclass(frozen=True)
class Tried:
    """One visit: which page of which stage, in which language, with what answers so far."""

    form: FormVersion
    stage: Stage
    language: Language
    section: Section
    answers: Mapping[str, Json] = field(default_factory=dict)
    raw: Mapping[str, Raw] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)


def stages_in(content: Content) -> list[Stage]:
    """The stages that ask something, the application itself first."""
    form = form_of(content["form"])
    every = (Stage.SUBMIT, Stage.ACCEPTANCE, Stage.PAYMENT, Stage.REPORT)
    return [one for one in every if sections_of(form, one)]


def language_in(data: QueryDict) -> Language:
    return next((one for one in LANGUAGES if one == data.get("sprak")), "nb")


def stage_in(data: QueryDict, stages: list[Stage]) -> Stage:
    return next((one for one in stages if one == data.get("steg")), stages[0])


def sections_shown(form: FormVersion, stage: Stage, answers: Mapping[str, Json]) -> list[Section]:
    """Those with something to show for these answers; all of them when that is none."""
    hidden, every = hidden_questions(form, answers), sections_of(form, stage)
    shown = [one for one in every if any(question.slug not in hidden for question in one.questions)]
    return shown or list(every)


def carried(data: QueryDict) -> dict[str, Json]:
    """Answers from the pages before, as the page carries them. Anything else than answers is dropped."""
    text = data.get("svar", "")
    try:
        found = json.loads(text) if 0 < len(text) <= LONGEST_CARRIED else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def answers_kept(form: FormVersion, found: Mapping[str, Json]) -> dict[str, Json]:
    """Those that read as answers to the form's questions when written again."""
    known = {one.slug for stage in Stage for section in sections_of(form, stage) for one in section.questions}
    kept: dict[str, Json] = {}
    for slug, value in found.items():
        if slug in known:
            kept |= _one_kept(form, slug, value)
    return kept


def _one_kept(form: FormVersion, slug: str, value: Json) -> dict[str, Json]:
    try:
        raw = written_answers(form, {slug: value})
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return {}
    return read_answers(form, raw, require=None, language="nb", asked={slug}).values


def read_page(
    form: FormVersion,
    section: Section,
    data: QueryDict,
    before: Mapping[str, Json],
    language: Language,
    require: Stage | None,
) -> tuple[dict[str, Raw], Reading]:
    """What was typed on the page, with the rows as a button asks, and how it reads."""
    raw = raw_of(section.questions, {name: [str(one) for one in values] for name, values in data.lists()})
    act, table, place = row_act(data.get("row", ""))
    if act and table in raw:
        raw[table] = after_act(rows_of(raw[table]), act, place)
    asked = {one.slug for one in section.questions}
    reading = read_answers(form, raw, require=require, language=language, asked=asked, stored=before)
    return raw, reading


def questions_shown(tried: Tried) -> list[Asked]:
    hidden = hidden_questions(tried.form, {**tried.answers, **tried.reading.values})
    return [
        Asked(one.slug, None if one.slug in hidden else _field(tried, one)) for one in tried.section.questions
    ]


def _field(tried: Tried, question: Question) -> Field:
    stored = written_answers(tried.form, {**tried.answers, **tried.reading.values})
    value = tried.raw.get(question.slug, stored.get(question.slug, ""))
    made = field_of(
        question,
        tried.language,
        value=value,
        error=tried.reading.errors.get(question.slug, ""),
        wrong=tried.reading.parts.get(question.slug),
    )
    if made.grid is None:
        return made
    return replace(made, grid=with_totals(made.grid, _totals(tried, question, value)))


def _totals(tried: Tried, question: Question, value: Raw) -> dict[str, str]:
    """What the rows that can be read come to, by column."""
    slug = question.slug
    reading = read_answers(tried.form, {slug: value}, require=None, language=tried.language, asked={slug})
    if slug not in reading.values:
        rows = readable_rows(value, reading.parts.get(slug, {}))
        reading = read_answers(tried.form, {slug: rows}, require=None, language=tried.language, asked={slug})
    if slug not in reading.values:
        return {}
    table = shown_answer(tried.form, slug, reading.values[slug], tried.language).table
    sums = table.sums if table else ()
    return {column.slug: total for column, total in zip(columns_of(question), sums, strict=False) if total}


def title_of(section: Section, language: Language) -> tuple[str, str]:
    return chosen(section.title, language), chosen(section.why, language)
