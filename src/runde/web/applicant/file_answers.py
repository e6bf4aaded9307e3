"""Files among the questions: taken in with the page, shown at their question, and kept as its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from runde.foundation.forms.api import Raw
from runde.web.applicant.paper import Part
from runde.web.applicant.sheet import Asked
from runde.web.components.fields import Field
from runde.web.entrance import Request
from runde.web.uploads.api import file_answers, file_field, take_posted_files

KIND = "application"


def has_files(part: Part) -> bool:
    return any(one.type == "file" for one in part.shown)


def files_taken(request: Request, application_id: Any, part: Part) -> dict[str, Raw] | None:
    """Do what the page says about files; gives the answers they make, and None when it says nothing of them."""
    if not (request.FILES or "files" in request.POST):
        return None
    take_posted_files(request, KIND, application_id)
    handed_in = file_answers(KIND, application_id)
    return {one.slug: handed_in.get(one.slug, []) for one in part.shown if one.type == "file"}


def with_files(request: Request, application_id: Any, asked: list[Asked]) -> list[Asked]:
    """The questions for files with what is handed in; no SQL for a part without them."""
    return [
        replace(one, field=_with_files(request, application_id, one.field))
        if one.field and one.field.kind == "file"
        else one
        for one in asked
    ]


def _with_files(request: Request, application_id: Any, field: Field) -> Field:
    return file_field(
        request,
        KIND,
        application_id,
        field.name,
        label=field.label,
        description=field.description,
        error=field.error,
        optional=field.optional,
    )


def without_files(asked: list[Asked], words: str) -> list[Asked]:
    """Before one has signed in there is nowhere to put a file: say when."""
    return [
        replace(one, field=Field(one.slug, one.field.label, kind="information", description=words))
        if one.field and one.field.kind == "file"
        else one
        for one in asked
    ]
