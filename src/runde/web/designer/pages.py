"""The pages of a draft, each of which may show again what was typed and could not be used."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from runde.grants.designs.api import Draft
from runde.web.components.fields import ErrorLine
from runde.web.designer.example_shown import shown_example
from runde.web.designer.figures.panel import panel_facts
from runde.web.designer.form_shown import shown_form
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


def rules_page(
    request: Request,
    draft: Draft,
    *,
    typed: Typed = NOTHING_TYPED,
    extra: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    sentences = Sentences(draft.content, timezone.localdate(request.at), typed)
    facts = {
        "criteria": sentences.criteria(),
        "amount": sentences.amount(),
        "derived": sentences.derived(),
        "outcomes": OUTCOMES,
        "new_row_url": reverse("new_row", args=[request.tenant.slug, draft.id]),
        "new_criterion_url": reverse("new_criterion", args=[request.tenant.slug, draft.id]),
        **panel_facts(draft, request),
    }
    return _page(request, draft, "draft", facts, typed, extra, status)


def money_page(
    request: Request,
    draft: Draft,
    *,
    typed: Typed = NOTHING_TYPED,
    extra: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    slug = request.tenant.slug
    facts = {
        "sources": source_rows(draft.content, typed),
        "take_up": take_up_fields(draft.content, typed),
        "assumptions": assumed(draft.content, slug, draft.id),
        "missing": assumption_choices(draft.content, slug, draft.id),
        **panel_facts(draft, request),
    }
    return _page(request, draft, "draft_money", facts, typed, extra, status)


def texts_page(
    request: Request,
    draft: Draft,
    *,
    typed: Typed = NOTHING_TYPED,
    extra: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    on = timezone.localdate(request.at)
    facts = {
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
    return _page(request, draft, "draft_texts", facts, typed, extra, status)


def form_page(
    request: Request,
    draft: Draft,
    *,
    typed: Typed = NOTHING_TYPED,
    extra: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    facts = {
        "sections": shown_form(draft.content),
        "new_question_url": reverse("new_question", args=[request.tenant.slug, draft.id]),
    }
    return _page(request, draft, "draft_form", facts, typed, extra, status)


TEMPLATES = {
    "draft": "designer/draft.html",
    "draft_money": "designer/money.html",
    "draft_texts": "designer/texts.html",
    "draft_form": "designer/form.html",
}


def _page(
    request: Request,
    draft: Draft,
    page: str,
    facts: Mapping[str, Any],
    typed: Typed,
    extra: Mapping[str, Any] | None,
    status: int,
) -> HttpResponse:
    errors = [
        ErrorLine(line, target_of(place, page)) for place, found in typed.places.items() for line in found
    ]
    every = {
        **draft_frame(request, draft, page),
        **facts,
        "errors": errors,
        "has_errors": bool(errors),
        **(extra or {}),
    }
    return work_page(request, TEMPLATES[page], every, room="schemes", status=status)


def target_of(place: str, page: str) -> str:
    """Where a line in the error summary leads: the field, or the whole sentence."""
    if place.startswith(("v:", "t:")):
        return place.replace(":", "-").replace(".", "-")
    if page == "draft":
        return f"sentence-{place.replace(':', '-')}" if place else ""
    if place.startswith("new:"):
        return f"ny-{place.removeprefix('new:')}-nb"
    return place if place == "lov" else f"id_{place}" if place else ""
