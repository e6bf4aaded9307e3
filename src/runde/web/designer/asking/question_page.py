"""The page that makes or changes one question: its fields in groups, with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from runde.foundation.forms.api import (
    Json,
    Question,
    Raw,
    Stage,
    questions_of,
    raw_of,
    read_answers,
    sections_of,
    written_answers,
)
from runde.web.applicant.grids import after_act
from runde.web.applicant.questions import field_of
from runde.web.applicant.raw_values import rows_of
from runde.web.components.fields import Field
from runde.web.designer.asking.question_form import page_form
from runde.web.designer.asking.setting_values import setting_faults
from runde.web.designer.asking.words import MISTAKES

ROW_ACTS = ("add", "remove", "up", "down")
CHOSEN = ("kind", "required", "sum")
SIDE_BY_SIDE = ("label", "help", "unit")


@dataclass(frozen=True, slots=True)
class Posted:
    """What the page sent: every field as typed, the answers that could be read, and what is wrong."""

    raw: Mapping[str, Raw] = field(default_factory=dict)
    answers: Mapping[str, Json] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_row_act: bool = False


def posted_question(kind: str, data: QueryDict) -> Posted:
    form = page_form(kind)
    raw = raw_of(questions_of(form), {name: [str(one) for one in values] for name, values in data.lists()})
    act, table, place = row_act(data.get("row", ""))
    if act and table in raw:
        return Posted({**raw, table: after_act(rows_of(raw[table]), act, place)}, is_row_act=True)
    raw = {name: _written_rows(one) for name, one in raw.items()}
    reading = read_answers(form, raw, require=Stage.SUBMIT, language="nb")
    faults = {
        name: told
        for name, told in setting_faults(kind, reading.values).items()
        if name not in reading.errors
    }
    return Posted(raw, reading.values, {**reading.errors, **faults}, reading.parts)


def _written_rows(raw: Raw) -> Raw:
    """Rows somebody has written in: the lists of a row always have a choice, so they alone say nothing."""
    rows = rows_of(raw)
    if not rows:
        return raw
    return [row for row in rows if any(text.strip() for name, text in row.items() if name not in CHOSEN)]


def row_act(text: str) -> tuple[str, str, int]:
    act, _, rest = text.partition(":")
    table, _, place = rest.partition(":")
    return (act if act in ROW_ACTS else "", table, int(place) if place.isdecimal() and len(place) < 4 else -1)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together; `side` when they are one text in three languages."""

    title: str
    fields: tuple[Field, ...]
    side: bool = False


def field_groups(kind: str, posted: Posted) -> dict[str, list[FieldGroup]]:
    """The page's fields by part: "words", "settings", "when", "privacy" and "errors"."""
    groups = _by_section(kind, posted)
    words = [FieldGroup(name, groups[name], side=True) for name in SIDE_BY_SIDE if name in groups]
    errors = [
        FieldGroup(told, groups[f"error_{mistake}"], side=True) for mistake, told in MISTAKES[kind].items()
    ]
    found = {"words": words, "errors": errors}
    for name in ("settings", "when", "privacy"):
        found[name] = [FieldGroup(name, groups[name])] if name in groups else []
    return found


def _by_section(kind: str, posted: Posted) -> dict[str, tuple[Field, ...]]:
    return {
        section.slug: tuple(_field(one, posted) for one in section.questions)
        for section in sections_of(page_form(kind))
    }


def _field(question: Question, posted: Posted) -> Field:
    made = field_of(
        question,
        "nb",
        value=posted.raw.get(question.slug, ""),
        error=posted.errors.get(question.slug, ""),
        wrong=posted.parts.get(question.slug),
    )
    if made.kind == "textarea":
        made = replace(made, rows=3)
    return replace(made, optional=made.optional and not _is_plain(made))


def _is_plain(made: Field) -> bool:
    """Boxes may always stand empty, and a question lacks its languages until it is published: no need to say so."""
    return made.kind in ("checkbox", "checkboxes") or made.name.startswith("label_")


def as_posted(kind: str, answers: Mapping[str, Json]) -> Posted:
    """A question that stands, in the page's fields."""
    return Posted(written_answers(page_form(kind), answers), answers)


def wrong_fields(groups: Mapping[str, Iterable[FieldGroup]]) -> list[Field]:
    """Those that are wrong, in the order of the page."""
    return [one for listed in groups.values() for group in listed for one in group.fields if one.error]
