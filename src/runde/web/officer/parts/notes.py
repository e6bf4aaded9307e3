"""The office's own notes, which the applicant never sees."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from runde.web.components.fields import Field
from runde.web.officer.opened import Facts, Opened
from runde.web.officer.openness import mark_of
from runde.web.staff import day_and_clock, new_key


def notes_part(opened: Opened) -> Facts | None:
    page, said = opened.page, opened.said or QueryDict()
    if not page.notes and not page.may_note:
        return None
    names = page.names_with(one.written_by for one in page.notes)
    field = Field(
        "note",
        "Internt notat",
        kind="textarea",
        rows=3,
        value=said.get("note", ""),
        error=said.get("note_error", ""),
        audience="internal",
    )
    return {
        "notes": [
            {
                "who": names.get(one.written_by, ""),
                "when": day_and_clock(one.written_at),
                "text": one.text,
                "mark": mark_of(opened, "note", one.id),
            }
            for one in page.notes
        ],
        "may_write": page.may_note,
        "field": field,
        "errors": [field] if field.error else [],
        "url": reverse("case_note", args=[opened.slug, page.case.id]),
        "key": new_key(),
    }
