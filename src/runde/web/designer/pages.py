"""The pages of a draft, each of which may show again what was typed and could not be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from runde.grants.designs.api import Draft
from runde.web.components.fields import ErrorLine
from runde.web.designer.asking.builder import builder_facts
from runde.web.designer.example_shown import shown_example
from runde.web.designer.figures.panel import panel_facts
from runde.web.designer.framing import draft_frame
from runde.web.designer.money_shown import assumed, assumption_choices, source_rows, take_up_fields
from runde.web.designer.sentences import NOTHING_TYPED, OUTCOMES, Sentences, Typed
from runde.web.designer.texts_shown import (
    LANGUAGE_NAMES,
    label_texts,
    legal_topics_shown,
    requirement_texts,
    text_groups,
)
from runde.web.entrance import Request
from runde.web.staff import work_page

Facts = Callable[[Request, Draft, Typed], Mapping[str, Any]]


def draft_page(
    request: Request,
    draft: Draft,
    page: str,
    *,
    typed: Typed = NOTHING_TYPED,
    extra: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """`page` is the address name of one of PAGES."""
    template, facts = PAGES[page]
    errors = [
        ErrorLine(line, target_of(place, page)) for place, found in typed.places.items() for line in found
    ]
    every = {
        **draft_frame(request, draft, page),
        **facts(request, draft, typed),
        "errors": errors,
        "has_errors": bool(errors),
        **(extra or {}),
    }
    return work_page(request, template, every, room="schemes", status=status)


def _rules(request: Request, draft: Draft, typed: Typed) -> Mapping[str, Any]:
    sentences = Sentences(draft.content, timezone.localdate(request.at), typed)
    return {
        "criteria": sentences.criteria(),
        "amount": sentences.amount(),
        "derived": sentences.derived(),
        "outcomes": OUTCOMES,
        "new_row_url": reverse("new_row", args=[request.tenant.slug, draft.id]),
        "new_criterion_url": reverse("new_criterion", args=[request.tenant.slug, draft.id]),
        **panel_facts(draft, request),
    }


def _money(request: Request, draft: Draft, typed: Typed) -> Mapping[str, Any]:
    slug = request.tenant.slug
    return {
        "sources": source_rows(draft.content, typed),
        "take_up": take_up_fields(draft.content, typed),
        "assumptions": assumed(draft.content, slug, draft.id),
        "missing": assumption_choices(draft.content, slug, draft.id),
        **panel_facts(draft, request),
    }


def _texts(request: Request, draft: Draft, typed: Typed) -> Mapping[str, Any]:
    on = timezone.localdate(request.at)
    return {
        "groups": text_groups(draft.content, typed),
        "requirements": requirement_texts(draft.content, typed),
        "labels": label_texts(draft.content, typed),
        "legal": legal_topics_shown(draft.content, typed, on),
        "legal_error": typed.error("lov"),
        "example": shown_example(draft.content, typed, on),
        "language_names": LANGUAGE_NAMES,
        "slug_field": typed.values.get("slug", draft.content["slug"]),
        "slug_error": typed.error("slug"),
    }


def _form(request: Request, draft: Draft, typed: Typed) -> Mapping[str, Any]:
    return builder_facts(request, draft)


PAGES: Mapping[str, tuple[str, Facts]] = {
    "draft": ("designer/draft.html", _rules),
    "draft_money": ("designer/money.html", _money),
    "draft_texts": ("designer/texts.html", _texts),
    "draft_form": ("designer/form.html", _form),
}
"""The template of each page, and what it shows."""


def target_of(place: str, page: str) -> str:
    """Where a line in the error summary leads: the field, or the whole sentence."""
    if place.startswith(("v:", "t:")):
        return place.replace(":", "-").replace(".", "-")
    if page == "draft":
        return f"sentence-{place.replace(':', '-')}" if place else ""
    if place.startswith("new:"):
        return f"ny-{place.removeprefix('new:')}-nb"
    return place if place == "lov" else f"id_{place}" if place else ""
