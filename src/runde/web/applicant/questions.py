"""A form's questions as fields on a page, and what was posted back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from runde.engine.reference.api import Language
from runde.foundation.forms.api import FormVersion, Question, Raw, chosen, sections_of
from runde.web.components.fields import Choice, Field, Kind

KINDS: dict[str, Kind] = {
    "text": "text",
    "long_text": "textarea",
    "integer": "number",
    "decimal": "decimal",
    "share": "percent",
    "money": "money",
    "choice": "radios",
    "yes_no": "yesno",
    "date": "date",
    "account_number": "account",
    "declaration": "checkbox",
}

COUNTED = ("integer", "decimal")
"""Types whose unit stands by the field; amounts and shares have theirs from the kind of field."""


def field_of(question: Question, language: Language, *, value: Raw = "", error: str = "") -> Field:
    """The question with what stands in it; `value` is shown exactly as given."""
    several = bool(question.settings.get("several"))
    return Field(
        name=question.slug,
        label=chosen(question.label, language),
        kind="checkboxes" if several else KINDS[question.type],
        value=value,
        description=chosen(question.help, language),
        error=error,
        optional=not question.required,
        choices=choices_of(question, language),
        unit=chosen(question.unit, language) if question.type in COUNTED else "",
    )


def choices_of(question: Question, language: Language) -> tuple[Choice, ...]:
    options = question.settings.get("options", ())
    return tuple(Choice(one["value"], chosen(one["label"], language)) for one in options)


def posted(data: QueryDict, questions: Iterable[Question]) -> dict[str, Raw]:
    """What the browser sent for the questions on the page; one that was not sent is empty."""
    return {one.slug: data.getlist(one.slug) or "" for one in questions}


def fields_of(
    questions: Iterable[Question], language: Language, values: Mapping[str, Raw], errors: Mapping[str, str]
) -> list[Field]:
    return [
        field_of(one, language, value=_kept(values.get(one.slug, ""), one), error=errors.get(one.slug, ""))
        for one in questions
    ]


def _kept(raw: Raw, question: Question) -> Raw:
    """A list only where several may be chosen; else the one value, as typed."""
    if isinstance(raw, str) or question.settings.get("several"):
        return raw
    return raw[-1] if raw else ""


class Page:
    """One section of the form as a page of the application, with its place among the others."""

    def __init__(self, form: FormVersion, slug: str) -> None:
        self.pages = [section for section in sections_of(form) if not is_declarations(section.questions)]
        self.place = next((place for place, one in enumerate(self.pages) if one.slug == slug), -1)

    @property
    def exists(self) -> bool:
        return self.place >= 0

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.pages[self.place].questions

    @property
    def slugs(self) -> list[str]:
        return [one.slug for one in self.questions]

    @property
    def previous(self) -> str | None:
        return self.pages[self.place - 1].slug if self.place > 0 else None

    @property
    def next(self) -> str | None:
        return self.pages[self.place + 1].slug if self.place + 1 < len(self.pages) else None

    def title(self, language: Language) -> str:
        return chosen(self.pages[self.place].title, language)

    def why(self, language: Language) -> str:
        return chosen(self.pages[self.place].why, language)


def is_declarations(questions: Iterable[Question]) -> bool:
    """Statements are ticked on the page where one sends, not on a page of their own."""
    return all(one.type == "declaration" for one in questions)


def declarations_of(form: FormVersion) -> list[Question]:
    return [
        question
        for section in sections_of(form)
        if is_declarations(section.questions)
        for question in section.questions
    ]
