"""The parts of a long form, in any order, with how far each has come."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.grants.applications.api import Application
from runde.web.applicant.access import own_application, with_register
from runde.web.applicant.notices import notices_of
from runde.web.applicant.paper import Part, Progress
from runde.web.applicant.papers import paper_of
from runde.web.components.facts import Task
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen

STATES: dict[Progress, Literal["done", "started", "waiting"]] = {
    "done": "done",
    "started": "started",
    "waiting": "waiting",
    "optional": "waiting",
}


@entrance(SIGNED_IN)
def show(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state != Application.State.DRAFT:
        return redirect("application", request.tenant.slug, found.id)
    found = with_register(request, found)
    language, tenant = page_language(), request.tenant.slug
    paper = paper_of(found)
    progress = paper.progress(found.unread, language)
    done = sum(one == "done" for one in progress.values())
    facts = {
        "h1": _headline(done, len(paper.parts)),
        "lead": chosen(found.scheme_version.texts, "name", language),
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "tasks": [_task(found, part, progress[part.slug], tenant) for part in paper.parts],
        "notices": notices_of(found, paper, tenant, at=request.at, language=language),
        "review_url": reverse("review", args=[tenant, found.id]),
        "participants_url": reverse("participants", args=[tenant, found.id]),
        "facts_url": reverse("register_facts", args=[tenant, found.id]),
        "back_url": reverse("my_page"),
        "back_text": _("Min side"),
    }
    return render(request, "applicant/tasks.html", facts)


def _headline(done: int, total: int) -> str:
    if done == total:
        return _("Alle delene er ferdige. Se over og send inn")
    return _("Søknaden din: %(done)s av %(total)s deler er ferdige") % {"done": done, "total": total}


def _task(found: Application, part: Part, progress: Progress, tenant: str) -> Task:
    url = reverse("fill", args=[tenant, found.id, part.slug]) + "?fra=deler"
    note = _("Valgfritt") if progress == "optional" else ""
    return Task(part.title(page_language()), url, STATES[progress], note)
