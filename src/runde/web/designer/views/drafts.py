"""The draft's pages to read and write on; what a press does lies in `changing`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import authorise
from runde.grants.designs.api import (
    Draft,
    DraftRevision,
    discard_draft,
    export_draft,
    get_draft,
    list_revisions,
)
from runde.web.components.facts import Fact
from runde.web.designer.access import READERS, WRITERS
from runde.web.designer.framing import draft_frame
from runde.web.designer.pages import draft_page
from runde.web.designer.views.changing import read_number
from runde.web.designer.words import names_by_id, when_text
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, sent_as_file, work_page

KIND_WORDS = {"undo": "Angret: ", "redo": "Gjorde om igjen: "}


@entrance(staff(*READERS))
def show(request: Request, draft: UUID) -> HttpResponse:
    return draft_page(request, get_draft(draft, request.actor), "draft")


@entrance(staff(*READERS))
def money(request: Request, draft: UUID) -> HttpResponse:
    return draft_page(request, get_draft(draft, request.actor), "draft_money")


@entrance(staff(*READERS))
def texts(request: Request, draft: UUID) -> HttpResponse:
    return draft_page(request, get_draft(draft, request.actor), "draft_texts")


@entrance(staff(*READERS))
def questions(request: Request, draft: UUID) -> HttpResponse:
    return draft_page(request, get_draft(draft, request.actor), "draft_form")


@entrance(staff(*READERS))
def history(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    acts = list_revisions(found)
    names = names_by_id(act.made_by for act in acts)
    facts = {
        **draft_frame(request, found, "draft_history"),
        "history": [_told(act, names, request) for act in acts],
    }
    return work_page(request, "designer/history.html", facts, room="schemes")


def _told(act: DraftRevision, names: dict[UUID, str], request: Request) -> dict[str, object]:
    more = [line for line in act.changes if line != act.what]
    return {
        "what": f"{KIND_WORDS.get(act.kind, '')}{act.what}",
        "changes": more,
        "who": names.get(act.made_by, "Ukjent"),
        "when": when_text(act.made_at, request.at),
    }


@entrance(staff(*READERS))
def as_file(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    return sent_as_file(
        export_draft(found),
        media_type="application/json; charset=utf-8",
        file_name=f"{found.slug}-kladd.json",
    )


@entrance(staff(*WRITERS))
def discard(request: Request, draft: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_draft(draft, request.actor)
    if found.state != Draft.State.DRAFT:
        return redirect("schemes", request.tenant.slug)
    if request.method == "POST":
        revision = read_number(request.POST, "revision")
        refusal = attempt(
            lambda: discard_draft(draft_id=draft, revision=revision, by=request.actor, at=request.at)
        )
        if refusal is None:
            messages.success(request, f"Kladden «{found.title}» er forkastet.")
            return redirect("schemes", request.tenant.slug)
        messages.warning(request, refusal.sentence)
    facts = {
        "h1": f"Forkast kladden «{found.title}»",
        "back_url": reverse("draft", args=[request.tenant.slug, draft]),
        "back_text": "Kladden",
        "facts": [
            Fact("Endringer", str(found.revision)),
            Fact("Sist endret", when_text(found.changed_at, request.at)),
        ],
        "revision": found.revision,
    }
    return work_page(request, "designer/discard.html", facts, room="schemes")
