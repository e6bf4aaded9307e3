"""Files that belong to a call, for everybody to read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.documents.api import FileRefused, open_version
from runde.foundation.people.api import authorise
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.schemes.api import Call, add_call_file, files_of, get_call_by_id
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.access import READERS
from runde.web.designer.calls.shown import file_rows
from runde.web.designer.calls.views.listing import ROOM, crumbs
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, count_text, version_as_file, work_page

LONGEST_TITLE = 300


@entrance(staff(*WRITERS))
def show(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if request.method != "POST":
        return _page(request, found, {})
    title, file = request.POST.get("title", "").strip(), request.FILES.get("file")
    wrong = _wrong(title, has_file=file is not None)
    if wrong or file is None:
        return _page(request, found, wrong)
    refusal = attempt(
        lambda: add_call_file(call=found, file=file, title=title, by=request.actor, at=request.at)
    )
    if refusal is not None:
        return _page(request, found, {_place(refusal): refusal.sentence})
    messages.success(request, f"«{title}» er lagt til.")
    return redirect("staff_call_files", request.tenant.slug, call)


def _wrong(title: str, *, has_file: bool) -> dict[str, str]:
    told = {
        "title": "" if title else "Skriv hva fila er, for eksempel «Retningslinjer».",
        "file": "" if has_file else "Velg en fil.",
    }
    if len(title) > LONGEST_TITLE:
        told["title"] = f"Skriv høyst {LONGEST_TITLE} tegn."
    return {name: words for name, words in told.items() if words}


def _place(refusal: Refused) -> str:
    return "file" if isinstance(refusal, FileRefused) else ""


@entrance(staff(*READERS))
def fetch(request: Request, call: UUID, version: UUID) -> HttpResponse:
    found = next((one for one in files_of(get_call_by_id(call)) if one.id == version), None)
    if found is None:
        raise NotFound("Vi finner ikke fila. Gå tilbake til utlysningen og åpne den derfra.")
    return version_as_file(found, open_version(found, by=request.actor, at=request.at))


def _page(request: Request, call: Call, wrong: dict[str, str]) -> HttpResponse:
    files, slug = files_of(call), request.tenant.slug
    fields = [
        Field(
            "title",
            "Hva er fila?",
            value=request.POST.get("title", ""),
            description="Navnet søkerne ser, for eksempel Retningslinjer",
            error=wrong.get("title", ""),
            answer="l",
        ),
        Field("file", "Fil", kind="file", description="PDF eller bilde", error=wrong.get("file", "")),
    ]
    loose = [ErrorLine(words) for name, words in wrong.items() if not name]
    facts: dict[str, Any] = {
        "h1": count_text(len(files), "fil", "filer") if files else "Ingen filer ennå",
        "lead": "Retningslinjer, maler og annet som søkerne trenger. Filene kan leses av alle.",
        "crumbs": crumbs(slug, call),
        "table": file_rows(call, files, slug) if files else None,
        "fields": fields,
        "can_add": call.state != Call.State.WITHDRAWN,
        "errors": [*loose, *fields] if wrong else [],
        "has_errors": bool(wrong),
        "show_url": reverse("staff_call", args=[slug, call.id]),
    }
    return work_page(request, "designer/calls/files.html", facts, room=ROOM, status=422 if wrong else 200)
