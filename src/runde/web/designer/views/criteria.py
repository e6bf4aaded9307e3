"""A new requirement in three small steps: what it is about, how it is compared, with what."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.grants.designs.api import Draft, add_typed_criterion, get_draft
from runde.web.components.fields import Choice, ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal
from runde.web.designer.sentences import OUTCOMES
from runde.web.designer.shape_words import (
    WORDS,
    Subject,
    demand_text,
    find_subject,
    is_listed,
    topics,
    value_fields,
    value_tree,
)
from runde.web.designer.views.saving import save_addition
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import work_page

OUTCOME_HELP = {
    "refuse": "Søkeren får avslag når kravet ikke er oppfylt.",
    "refer": "En saksbehandler vurderer saken når kravet ikke er oppfylt.",
}


@entrance(staff(*WRITERS))
def new(request: Request, draft: UUID) -> HttpResponse:
    found = get_draft(draft, request.actor)
    if found.state != Draft.State.DRAFT:
        return redirect("draft", request.tenant.slug, draft)
    asked = request.POST if request.method == "POST" else request.GET
    subject = find_subject(found.content, asked.get("opplysning", "")) if "opplysning" in asked else None
    if subject is None:
        return _choose_subject(request, found)
    kinds = subject.kinds
    kind = asked.get("form", "") if asked.get("form") in kinds else ""
    if not kind and len(kinds) > 1:
        return _choose_kind(request, found, subject)
    kind = kind or kinds[0]
    if request.method == "POST":
        return _add(request, found, subject, kind)
    return _values_page(request, found, subject, kind)


def _address(request: Request, draft: Draft, **asked: str) -> str:
    address = reverse("new_criterion", args=[request.tenant.slug, draft.id])
    return f"{address}?{urlencode(asked)}" if asked else address


def _choose_subject(request: Request, draft: Draft) -> HttpResponse:
    groups = [
        {
            "title": group.title,
            "links": [(one, _address(request, draft, opplysning=one.name)) for one in group.items],
        }
        for group in topics(draft.content)
        if group.items
    ]
    facts = {
        "h1": "Hva handler kravet om?",
        "step": "Steg 1 av 3",
        "back_url": reverse("draft", args=[request.tenant.slug, draft.id]),
        "back_text": "Kladden",
        "groups": groups,
        "new_question_url": reverse("new_question", args=[request.tenant.slug, draft.id]),
    }
    return work_page(request, "designer/criterion_subject.html", facts, room="schemes")


def _choose_kind(request: Request, draft: Draft, subject: Subject) -> HttpResponse:
    links = [
        (WORDS[kind], _address(request, draft, opplysning=subject.name, form=kind)) for kind in subject.kinds
    ]
    facts = {
        "h1": f"Hva kreves om «{subject.label}»?",
        "step": "Steg 2 av 3",
        "back_url": _address(request, draft),
        "back_text": "Hva kravet handler om",
        "subject": subject,
        "links": links,
    }
    return work_page(request, "designer/criterion_kind.html", facts, room="schemes")


def _values_page(
    request: Request,
    draft: Draft,
    subject: Subject,
    kind: str,
    *,
    error: str = "",
) -> HttpResponse:
    typed = request.POST.getlist("value")
    fields = value_fields(subject, kind, typed, error)
    tree = value_tree(subject, kind, typed, timezone.localdate(request.at))
    outcome = Field(
        "outcome",
        "Hva skjer når kravet ikke er oppfylt?",
        kind="radios",
        value=request.POST.get("outcome", "refuse"),
        choices=tuple(Choice(code, words, OUTCOME_HELP[code]) for code, words in OUTCOMES.items()),
    )
    reference = Field(
        "reference",
        "Hvor står kravet?",
        value=request.POST.get("reference", ""),
        description="For eksempel «Retningslinjene punkt 3 e»",
        optional=True,
        answer="m",
    )
    back = {"opplysning": subject.name} if len(subject.kinds) > 1 else {}
    facts: dict[str, Any] = {
        "h1": demand_text(subject, kind),
        "step": "Steg 3 av 3",
        "back_url": _address(request, draft, **back),
        "back_text": "Hva som kreves",
        "subject": subject,
        "kind": kind,
        "fields": fields,
        "tree": tree,
        "outcome": outcome,
        "reference": reference,
        "error": error,
        "errors": [ErrorLine(error, "value")] if error and not fields else fields if error else [],
        "has_errors": bool(error),
    }
    status = 422 if error else 200
    return work_page(request, "designer/criterion_values.html", facts, room="schemes", status=status)


def _add(request: Request, draft: Draft, subject: Subject, kind: str) -> HttpResponse:
    typed = [value for value in request.POST.getlist("value") if value.strip()]
    if is_listed(subject, kind) and not typed:
        return _values_page(request, draft, subject, kind, error="Velg minst én i lista.")
    try:
        saved = save_addition(
            request,
            draft,
            "value",
            lambda content: add_typed_criterion(
                content,
                kind,
                subject.name,
                typed,
                when_not_met=request.POST.get("outcome", "refuse"),
                legal_reference=" ".join(request.POST.get("reference", "").split())[:200],
            ),
        )
    except Refusal as refusal:
        return _values_page(request, draft, subject, kind, error=" ".join(refusal.sentences))
    slug = saved.content["rules"]["criteria"][-1]["slug"]
    return redirect(f"{reverse('draft', args=[request.tenant.slug, draft.id])}#sentence-{slug}")
