"""A form's questions as fields on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext, gettext_lazy

from runde.engine.reference.api import EDITIONS, Language, list_counties, list_industries, list_municipalities
from runde.foundation.forms.api import Question, Raw, chosen
from runde.web.applicant.grids import grid_of
from runde.web.applicant.raw_values import as_text, as_values, part_of
from runde.web.components.fields import Choice, Field, Kind

KINDS: dict[str, Kind] = {
    "text": "text",
    "long_text": "textarea",
    "integer": "number",
    "decimal": "decimal",
    "share": "percent",
    "money": "money",
    "choice": "radios",
    "several_choices": "checkboxes",
    "yes_no": "yesno",
    "date": "date",
    "period": "period",
    "table": "table",
    "file": "file",
    "municipality": "select",
    "industry": "lookup",
    "account_number": "account",
    "declaration": "checkbox",
    "information": "information",
}

COUNTED = ("integer", "decimal")
"""Types whose unit stands by the field; amounts and shares have theirs from the kind of field."""

Parts = Mapping[str, str]
"""A sentence for each field that is wrong, for questions of several: "from", "0-amount"."""


def field_of(
    question: Question, language: Language, *, value: Raw = "", error: str = "", wrong: Parts | None = None
) -> Field:
    """The question with what stands in it; `value` is shown exactly as given."""
    kind = KINDS[question.type]
    return Field(
        name=question.slug,
        label=chosen(question.label, language),
        kind=kind,
        value=as_values(value) if kind == "checkboxes" else as_text(value),
        description=chosen(question.help, language),
        error=error,
        optional=not question.required and not question.required_if and kind != "information",
        choices=choices_of(question, language),
        unit=chosen(question.unit, language) if question.type in COUNTED else "",
        parts=days_of(question, value) if kind == "period" else (),
        grid=grid_of(question, language, value, wrong or {}, field_of) if kind == "table" else None,
        multiple=kind == "file",
    )


def days_of(question: Question, value: Raw) -> tuple[Field, ...]:
    return tuple(
        Field(
            f"{question.slug}-{end}",
            str(label),
            kind="date",
            value=part_of(value, end),
        )
        for end, label in ENDS.items()
    )


ENDS = {"from": gettext_lazy("Fra og med"), "to": gettext_lazy("Til og med")}


def choices_of(question: Question, language: Language) -> tuple[Choice, ...]:
    if question.type == "municipality":
        return municipalities(tuple(question.settings.get("among") or ()), language)
    if question.type == "industry":
        return industries(str(question.settings.get("edition", EDITIONS[-1])))
    options = question.settings.get("options", ())
    return tuple(Choice(one["value"], chosen(one["label"], language)) for one in options)


@lru_cache(maxsize=64)
def municipalities(among: tuple[str, ...], language: Language) -> tuple[Choice, ...]:
    """Those that may be chosen, under their counties when there are many; nothing chosen comes first."""
    listed = [one for one in list_municipalities(date.max) if not among or one.number in among]
    counties = {one.number: one.name for one in list_counties(date.max)} if not among else {}
    made = [
        Choice(one.number, one.name, group=counties.get(one.county_number, ""))
        for one in sorted(listed, key=lambda one: (counties.get(one.county_number, ""), one.name))
    ]
    return (Choice("", gettext("Velg kommune")), *made)


@lru_cache(maxsize=4)
def industries(edition: str) -> tuple[Choice, ...]:
    """Every industry of an edition, as code and name."""
    known = next(one for one in EDITIONS if one == edition)
    return tuple(Choice(one.code, f"{one.code} {one.name}") for one in list_industries(known))


def fields_of(
    questions: Iterable[Question], language: Language, values: Mapping[str, Raw], errors: Mapping[str, str]
) -> list[Field]:
    return [
        field_of(one, language, value=values.get(one.slug, ""), error=errors.get(one.slug, ""))
        for one in questions
    ]
