"""What the builder's pages share: finding the question, going back to the form, saving one edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.grants.designs.api import Content, Draft, get_draft
from runde.web.designer.views.saving import save_addition
from runde.web.entrance import Request


def draft_to_write(request: Request, draft_id: UUID) -> Draft:
    """Raises NotFound, and Http404 for a draft that is closed: its form page says so itself."""
    found = get_draft(draft_id, request.actor)
    if found.state != Draft.State.DRAFT:
        raise Http404
    return found


def section_in(draft: Draft, slug: str) -> dict[str, Any]:
    for section in draft.content["form"]["sections"]:
        if section["slug"] == slug:
            return dict(section)
    raise Http404


def question_in(draft: Draft, slug: str) -> dict[str, Any]:
    for section in draft.content["form"]["sections"]:
        for question in section["questions"]:
            if question["slug"] == slug:
                return dict(question)
    raise Http404


def section_of(draft: Draft, slug: str) -> str:
    """The slug of the section a question stands in."""
    sections = draft.content["form"]["sections"]
    return next(str(one["slug"]) for one in sections if slug in {q["slug"] for q in one["questions"]})


def form_address(request: Request, draft: Draft, anchor: str = "") -> str:
    address = reverse("draft_form", args=[request.tenant.slug, draft.id])
    return f"{address}#{anchor}" if anchor else address


def address(request: Request, draft: Draft, name: str, *parts: str) -> str:
    return reverse(name, args=[request.tenant.slug, draft.id, *parts])


def back_to_form(request: Request, draft: Draft, anchor: str = "") -> HttpResponse:
    return redirect(form_address(request, draft, anchor))


def save_edit(
    request: Request, draft: Draft, change: Callable[[Content], Content], *, place: str = ""
) -> Draft:
    """One edit of the form, laid upon the newest. Raises Refusal with sentences at `place`."""
    return save_addition(request, draft, place, change)


def frame(request: Request, draft: Draft, h1: str, **more: Any) -> Mapping[str, Any]:
    return {"h1": h1, "back_url": form_address(request, draft), "back_text": "Skjema", "draft": draft, **more}
