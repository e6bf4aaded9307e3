"""A new scheme: from nothing, from an example or from a file."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.trust.api import Refused
from runde.grants.designs.api import (
    Draft,
    DraftRefused,
    import_draft,
    list_examples,
    start_blank_draft,
    start_draft_from_example,
)
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, work_page

LARGEST_FILE = 2_000_000
WAYS = ("blank", "example", "file")


@entrance(staff(*WRITERS))
def new(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    way = request.POST.get("way", "")
    if way == "file":
        return _from_file(request)
    if way == "example":
        name = request.POST.get("example", "")
        return _started(
            request,
            way,
            lambda: start_draft_from_example(name=name, by=request.actor, at=request.at),
        )
    title = request.POST.get("title", "")
    return _started(request, "blank", lambda: start_blank_draft(title=title, by=request.actor, at=request.at))


def _started(request: Request, way: str, start: Callable[[], Draft]) -> HttpResponse:
    done: list[Draft] = []
    refusal = attempt(lambda: done.append(start()))
    if refusal is not None:
        return _page(request, way=way, problems=_told(refusal))
    messages.success(request, "Kladden er laget. Alt du endrer, blir lagret med en gang.")
    return redirect("draft", request.tenant.slug, done[0].id)


def _told(refusal: Refused) -> list[str]:
    return list(refusal.problems) if isinstance(refusal, DraftRefused) else [refusal.sentence]


def _from_file(request: Request) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, way="file", problems=["Velg en fil først."])
    if (upload.size or 0) > LARGEST_FILE:
        return _page(request, way="file", problems=["Fila er for stor. En ordning er mindre enn 2 MB."])
    data = upload.read()
    return _started(request, "file", lambda: import_draft(data=data, by=request.actor, at=request.at))


def _page(request: Request, *, way: str = "", problems: list[str] | None = None) -> HttpResponse:
    found = problems or []
    title = Field(
        "title",
        "Hva skal ordningen hete?",
        value=request.POST.get("title", ""),
        description="For eksempel «Tilskudd til sommeråpne kafeer»",
        answer="m",
        error=" ".join(found) if way == "blank" else "",
    )
    file = Field(
        "file",
        "Fil med ordningen",
        kind="file",
        accept=".json,application/json",
        description="En fil som er lastet ned fra Runde, her eller i en annen kommune.",
    )
    errors = (
        [title] if way == "blank" else [ErrorLine(line, "id_file" if way == "file" else "") for line in found]
    )
    facts = {
        "h1": "Hvordan vil du begynne?",
        "back_url": reverse("schemes", args=[request.tenant.slug]),
        "back_text": "Ordninger",
        "title_field": title,
        "file_field": file,
        "file_problems": found if way == "file" else [],
        "examples": list_examples(),
        "errors": errors if found else [],
        "has_errors": bool(found),
    }
    status = 422 if found else 200
    return work_page(request, "designer/new.html", facts, room="schemes", status=status)
