"""A press in the draft: the change is saved at once, tried without saving, or sent back with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from runde.foundation.trust.api import Conflict, NotAllowed
from runde.grants.designs.api import (
    ChangedMeanwhile,
    Content,
    Draft,
    DraftRefused,
    change_draft,
    get_draft,
    get_revision,
    list_revisions,
    redo_change,
    undo_change,
)
from runde.web.designer.access import TRIERS, WRITERS, may_try, may_write
from runde.web.designer.acts import ACTS, Refusal, Sent
from runde.web.designer.acts.sent import told
from runde.web.designer.answers import conflicting, refused, saved, tried
from runde.web.designer.pages import PAGES
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt

UNKNOWN_ACT = "Vi kjenner ikke denne endringen. Last siden på nytt, og prøv igjen."


@entrance(staff(*TRIERS))
@require_POST
def change(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return refused(request, found, Refusal({"": UNKNOWN_ACT}))
    try:
        content = act(_sent(request, found))
    except Refusal as refusal:
        return refused(request, found, refusal)
    if not may_write(request.actor):
        return _only_tried(request, found, content)
    return _save(request, found, content)


def _sent(request: Request, draft: Draft) -> Sent:
    """What the writer had before them is what their page showed; changes of their own since count as shown."""
    number, read = read_number(request.POST, "read"), draft.content
    number = number or _shown_revision(request, draft)
    if number != draft.revision:
        read = get_revision(draft, number).content or draft.content
    return Sent(request.POST, draft.content, read, timezone.localdate(request.at))


def _shown_revision(request: Request, draft: Draft) -> int:
    """The revision the form was made for, or the newest when nobody else has touched the draft since.

    Two changes made quickly after each other carry the same number: the second is no conflict.
    """
    number = read_number(request.POST, "revision")
    since = [act for act in list_revisions(draft) if act.number > number] if number < draft.revision else []
    return draft.revision if all(act.made_by == request.actor.person_id for act in since) else number


def read_number(form: QueryDict, name: str) -> int:
    typed = form.get(name, "")
    return int(typed) if typed.isdigit() and len(typed) < 9 else 0


def _only_tried(request: Request, draft: Draft, content: Content) -> HttpResponse:
    if not may_try(request.actor) or not request.htmx:
        raise NotAllowed("Bare ordningsansvarlig kan lagre endringer i kladden.")
    return tried(request, draft, content)


def _save(request: Request, draft: Draft, content: Content) -> HttpResponse:
    done: list[Draft] = []
    refusal = attempt(
        lambda: done.append(
            change_draft(
                draft_id=draft.id,
                content=content,
                revision=_shown_revision(request, draft),
                what="",
                by=request.actor,
                at=request.at,
            )
        )
    )
    if isinstance(refusal, ChangedMeanwhile):
        return conflicting(request, draft, refusal)
    if isinstance(refusal, DraftRefused):
        return refused(request, draft, Refusal({request.POST.get("part", ""): told(refusal)}))
    if refusal is not None:
        raise refusal
    return saved(request, done[0]) if request.htmx else redirect(way_back(request, draft))


def way_back(request: Request, draft: Draft) -> str:
    """The page the form stands on, at the part that was changed."""
    page = request.POST.get("page", "")
    address = reverse(page if page in PAGES else "draft", args=[request.tenant.slug, draft.id])
    part = request.POST.get("part", "").replace(":", "-")
    return f"{address}#sentence-{part}" if part and page in ("", "draft") else address


@entrance(staff(*WRITERS))
@require_POST
def undo(request: Request, draft: UUID) -> HttpResponse:
    return _step(request, draft, undo_change)


@entrance(staff(*WRITERS))
@require_POST
def redo(request: Request, draft: UUID) -> HttpResponse:
    return _step(request, draft, redo_change)


def _step(request: Request, draft_id: UUID, step: Callable[..., Draft]) -> HttpResponse:
    found = get_draft(draft_id, request.actor)
    revision = _shown_revision(request, found)
    refusal = attempt(lambda: step(draft_id=draft_id, revision=revision, by=request.actor, at=request.at))
    if isinstance(refusal, Conflict):
        messages.warning(request, refusal.sentence)
    elif refusal is not None:
        raise refusal
    return redirect(way_back(request, found))
