"""What is assumed of one thing no register knows: by industry and size, with shares and values, and a source."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from runde.engine.rules import typed_date
from runde.foundation.trust.api import NotFound
from runde.grants.designs.api import Draft, design_of, get_draft
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.acts import Refusal, Sent
from runde.web.designer.acts.money import change_assumption, drop_assumption, type_of
from runde.web.designer.assumption_shown import LineMaker, every_field
from runde.web.designer.money_shown import labels_of
from runde.web.designer.views.saving import save_addition
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import work_page


@entrance(staff(*WRITERS))
def edit(request: Request, draft: UUID, name: str) -> HttpResponse:
    found = get_draft(draft, request.actor)
    if found.state != Draft.State.DRAFT:
        return redirect("draft_money", request.tenant.slug, draft)
    labels = labels_of(design_of(found.content).ruleset)
    if name not in labels:
        raise NotFound("Reglene har ikke denne opplysningen.")
    if request.method != "POST":
        return _page(request, found, name, labels[name])
    drops = request.POST.get("go") == "drop"
    act = drop_assumption if drops else change_assumption
    form = request.POST.copy()
    form["part"] = name
    on = timezone.localdate(request.at)
    try:
        save_addition(request, found, "source", lambda content: act(Sent(form, content, content, on)))
    except Refusal as refusal:
        return _page(request, found, name, labels[name], refusal)
    messages.success(request, f"Antakelsen om «{labels[name]}» er {'slettet' if drops else 'lagret'}.")
    return redirect("draft_money", request.tenant.slug, draft)


def _page(
    request: Request, draft: Draft, name: str, label: str, refusal: Refusal | None = None
) -> HttpResponse:
    design = design_of(draft.content)
    standing = next((one for one in design.assumptions if one.name == name), None)
    errors = {place: " ".join(found) for place, found in refusal.problems.items()} if refusal else {}
    lines = LineMaker(request.POST, type_of(draft.content, name), errors).lines(standing)
    source = Field(
        "source",
        "Hvor kommer tallene fra?",
        kind="textarea",
        rows=2,
        value=request.POST.get("source", standing.source if standing else ""),
        description="For eksempel «SSB tabell 12910» eller «Spurt 14 virksomheter i mars».",
        error=errors.get("source", ""),
    )
    as_of = Field(
        "as_of",
        "Hvilken dag gjelder tallene?",
        kind="date",
        value=request.POST.get("as_of", typed_date(standing.as_of) if standing and standing.as_of else ""),
        description="Skriv datoen slik: 15.11.2026",
        optional=True,
        error=errors.get("as_of", ""),
    )
    fields = [*every_field(lines), source, as_of]
    facts = {
        "h1": f"Hva antar vi om «{label}»?",
        "lead": "Den første linja som passer for en virksomhet, gjelder. Uten næring gjelder linja alle andre.",
        "back_url": reverse("draft_money", args=[request.tenant.slug, draft.id]),
        "back_text": "Penger og anslag",
        "lines": lines,
        "source": source,
        "as_of": as_of,
        "is_standing": standing is not None,
        "errors": [*fields, *_loose(errors, fields)] if errors else [],
        "has_errors": bool(errors),
    }
    status = 422 if errors else 200
    return work_page(request, "designer/assumption.html", facts, room="schemes", status=status)


def _loose(errors: dict[str, str], fields: Sequence[Field]) -> list[ErrorLine]:
    named = {field.name for field in fields}
    return [ErrorLine(text) for place, text in errors.items() if place not in named]
