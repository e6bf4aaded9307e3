"""Questions, answers and what is to be mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField

from runde.web.components.fields import Choice, ErrorLine, Field, error_lines, field_from_form

from .text import html_attributes

register = template.Library()
FIELD_WORDS = frozenset(Field.__dataclass_fields__)


@register.inclusion_tag("components/field.html")
def field(source: BoundField | Field, **options: Any) -> dict[str, Any]:
    """`{% field form.revenue kind="money" %}`: a whole question with label, help, answer and error.

    Words of `Field` (kind, unit, answer, rows, …) change the question; all others become attributes.
    """
    changes = {name: value for name, value in options.items() if name in FIELD_WORDS}
    others = {name: value for name, value in options.items() if name not in FIELD_WORDS}
    question = source if isinstance(source, Field) else field_from_form(source, **changes)
    return {"field": question, "attributes": html_attributes(others)}


@register.inclusion_tag("components/field.html")
def question(name: str, label: str, **options: Any) -> dict[str, Any]:
    """The same without a Django form: `{% question "q" "Søk i saker" kind="search" value=term %}`."""
    changes = {key: value for key, value in options.items() if key in FIELD_WORDS}
    others = {key: value for key, value in options.items() if key not in FIELD_WORDS}
    changes["choices"] = tuple(as_choices(changes.get("choices", ())))
    return {"field": Field(name=name, label=label, **changes), "attributes": html_attributes(others)}


def as_choices(given: Iterable[Choice | tuple[str, str]]) -> Iterable[Choice]:
    """Choices may be handed over as pairs, as Django does."""
    for one in given:
        yield one if isinstance(one, Choice) else Choice(str(one[0]), str(one[1]))


@register.inclusion_tag("components/error_summary.html")
def error_summary(source: forms.BaseForm | Iterable[Field | ErrorLine] | None) -> dict[str, Any]:
    """`{% error_summary form %}` at the top of `main`; nothing when all is well."""
    return {"lines": error_lines(source) if source else []}


@register.inclusion_tag("components/required_note.html")
def required_note() -> dict[str, Any]:
    return {}
