"""One part of the application as a page: its questions with what stands in them, and what is said beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from runde.engine.reference.api import Language
from runde.foundation.forms.api import Question, Raw, Reading, read_answers, shown_answers, written_answers
from runde.web.applicant.grids import columns_of, readable_rows, with_totals
from runde.web.applicant.paper import Paper, Part
from runde.web.applicant.questions import field_of
from runde.web.applicant.raw_values import rows_of
from runde.web.components.fields import Field


@dataclass(frozen=True)
class Theirs:
    """What somebody else has written in a field meanwhile. `is_taken` when it stands there already."""

    name: str
    clock: str
    answer: str
    is_taken: bool


@dataclass(frozen=True)
class Asked:
    """One question on the page. `field` None: not shown with the answers so far, but its place is kept."""

    slug: str
    field: Field | None
    theirs: Theirs | None = None
    is_new: bool = False
    """To be shown although the page stands there already."""


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of a part, and what is wrong with it."""

    values: Mapping[str, Raw]
    errors: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def as_stored(
    paper: Paper, unread: Mapping[str, Raw], prefill: Mapping[str, Any], part: Part, language: Language
) -> Typed:
    """What is saved; over it what was typed and could not be read, with the reason; under it what we suggest."""
    suggested = {
        slug: one for slug, one in prefill.items() if slug in part.slugs and slug not in paper.answers
    }
    guesses = written_answers(paper.form, {slug: one["value"] for slug, one in suggested.items()})
    stored = written_answers(paper.form, paper.answers)
    left = {slug: raw for slug, raw in unread.items() if slug in part.slugs}
    reading = (
        read_answers(paper.form, left, require=None, language=language, asked=set(left))
        if left
        else Reading()
    )
    return Typed(
        {**guesses, **stored, **left},
        reading.errors,
        reading.parts,
        {slug: str(one.get("source", "")) for slug, one in suggested.items()},
    )


def with_blank_row(typed: Typed, table: str, part: Part) -> Typed:
    """An empty row at the end of the table, when the part has it."""
    if not any(one.slug == table and one.type == "table" for one in part.shown):
        return typed
    return replace(typed, values={**typed.values, table: [*rows_of(typed.values.get(table, "")), {}]})


def questions_on(
    paper: Paper,
    part: Part,
    typed: Typed,
    language: Language,
    *,
    theirs: Mapping[str, Theirs] | None = None,
    seen: Collection[str] | None = None,
) -> list[Asked]:
    """The part's questions in order. `seen` are those that stand on the page already; None for a new page."""
    told = theirs or {}
    shown = set(part.shown_slugs)
    return [
        Asked(
            one.slug,
            _field(paper, one, typed, language) if one.slug in shown else None,
            told.get(one.slug),
            is_new=seen is not None and _is_new(one.slug, shown, seen, told),
        )
        for one in part.questions
    ]


def _is_new(slug: str, shown: Collection[str], seen: Collection[str], told: Mapping[str, Theirs]) -> bool:
    appears_or_goes = (slug in shown) != (slug in seen)
    return appears_or_goes or (slug in told and told[slug].is_taken)


def _field(paper: Paper, question: Question, typed: Typed, language: Language) -> Field:
    slug = question.slug
    value = typed.values.get(slug, "")
    made = field_of(
        question,
        language,
        value=value,
        error=typed.errors.get(slug, ""),
        wrong=typed.parts.get(slug),
    )
    if note := typed.notes.get(slug):
        words = _("Forslag fra %(source)s. Sjekk at det stemmer.") % {"source": note}
        made = replace(made, description=f"{made.description} {words}".strip())
    if made.grid is None:
        return made
    return replace(made, grid=with_totals(made.grid, totals_of(paper, question, value, language)))


def totals_of(paper: Paper, question: Question, value: Raw, language: Language) -> dict[str, str]:
    """What the rows that can be read come to, by column, as text."""
    reading = read_answers(
        paper.form, {question.slug: value}, require=None, language=language, asked={question.slug}
    )
    if question.slug not in reading.values:
        rows = readable_rows(value, reading.parts.get(question.slug, {}))
        reading = read_answers(
            paper.form, {question.slug: rows}, require=None, language=language, asked={question.slug}
        )
    if question.slug not in reading.values:
        return {}
    answer = {question.slug: reading.values[question.slug]}
    shown = shown_answers(paper.form, {**paper.answers, **answer}, language, known=paper.known, stage=None)
    table = next((one.table for part in shown for one in part.answers if one.slug == question.slug), None)
    if table is None:
        return {}
    return {
        column.slug: total for column, total in zip(columns_of(question), table.sums, strict=True) if total
    }
