"""The leader's two acts before the ranking: start the scoring, and close it before all are in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import weekday_date_text
from runde.foundation.people.api import authorise
from runde.grants.panels.api import (
    Panel,
    active_assessors,
    close_scoring,
    not_ready,
    progress,
    rankable,
    start_scoring,
)
from runde.web.components.facts import Fact
from runde.web.components.fields import ErrorLine, Field
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import LEADERS, readable_panel
from runde.web.panels.words import criteria_table, name_of, set_up_facts
from runde.web.staff import attempt, count_text, missing_or_too_long, work_page


@entrance(staff(*LEADERS))
def start(request: Request, panel: UUID) -> HttpResponse:
    authorise(request.actor, "panels.lead")
    found = readable_panel(panel, request.actor)
    if found.state != Panel.State.PREPARING:
        return redirect("panel", request.tenant.slug, panel)
    if request.method != "POST":
        return _start_page(request, found, not_ready(found, request.at))
    refusal = attempt(lambda: start_scoring(panel_id=panel, by=request.actor, at=request.at))
    if refusal is not None:
        return _start_page(request, found, refusal.sentence, status=422)
    messages.success(request, "Vurderingen har begynt. De inviterte får en e-post.")
    return redirect("panel", request.tenant.slug, panel)


def _start_page(request: Request, panel: Panel, error: str, *, status: int = 200) -> HttpResponse:
    cases, people = len(rankable(panel.call_id)), len(active_assessors(panel))
    facts = {
        "h1": "Start vurderingen",
        "lead": name_of(panel),
        "back_url": reverse("panel", args=[request.tenant.slug, panel.id]),
        "back_text": "Panelet",
        "facts": [
            Fact(
                "Søknader",
                count_text(cases, "søknad", "søknader"),
                source="Åpne saker som reglene ikke avslår",
            ),
            Fact("De som vurderer", count_text(people, "person", "personer")),
            *set_up_facts(panel),
        ],
        "criteria": criteria_table(panel),
        "by_date": weekday_date_text(panel.score_by_date, "nb"),
        "people_text": count_text(people, "person", "personer"),
        "cases_text": count_text(cases, "søknad", "søknader"),
        "act": "" if error else "Start vurderingen",
        "errors": [ErrorLine(error)] if error else [],
        "has_errors": bool(error),
    }
    return work_page(request, "panels/start.html", facts, room="panels", status=status)


@entrance(staff(*LEADERS))
def close(request: Request, panel: UUID) -> HttpResponse:
    authorise(request.actor, "panels.lead")
    found = readable_panel(panel, request.actor)
    if found.state != Panel.State.SCORING:
        return redirect("panel", request.tenant.slug, panel)
    if request.method != "POST":
        return _close_page(request, found)
    reason = request.POST.get("reason", "").strip()
    wrong = missing_or_too_long(
        reason, if_empty="Skriv hvorfor du avslutter før alle har levert.", longest=500
    )
    if wrong:
        return _close_page(request, found, error=wrong)
    refusal = attempt(lambda: close_scoring(panel_id=panel, reason=reason, by=request.actor, at=request.at))
    if refusal is not None:
        return _close_page(request, found, error=refusal.sentence)
    messages.success(request, "Vurderingen er avsluttet, og poengene er åpnet.")
    return redirect("panel_ranking", request.tenant.slug, panel)


def _close_page(request: Request, panel: Panel, *, error: str = "") -> HttpResponse:
    done = progress(panel, by=request.actor)
    why = Field(
        "reason",
        "Hvorfor avslutter du før alle har levert?",
        kind="textarea",
        rows=3,
        value=request.POST.get("reason", ""),
        description="Panelet ser dette, og det står i journalen.",
        audience="internal",
        error=error,
    )
    facts = {
        "h1": "Avslutt vurderingen nå",
        "lead": name_of(panel),
        "back_url": reverse("panel", args=[request.tenant.slug, panel.id]),
        "back_text": "Panelet",
        "facts": [Fact("Levert", f"{done.given} av {done.expected} vurderinger")],
        "why": why,
        "missing": count_text(done.expected - done.given, "vurdering mangler", "vurderinger mangler"),
        "errors": [why] if error else [],
        "has_errors": bool(error),
    }
    return work_page(request, "panels/close.html", facts, room="panels", status=422 if error else 200)
