"""Who scores: invited by the leader, and taken out with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from runde.foundation.people.api import authorise, names_of
from runde.foundation.trust.api import NotFound
from runde.grants.panels.api import Panel, active_assessors, invite_assessor, remove_assessor
from runde.web.components.fields import Field
from runde.web.entrance import Request, entrance, staff
from runde.web.panels.access import LEADERS, readable_panel
from runde.web.panels.views.index import panel_page
from runde.web.panels.words import name_of
from runde.web.staff import attempt, missing_or_too_long, work_page


@require_POST
@entrance(staff(*LEADERS))
def invite(request: Request, panel: UUID) -> HttpResponse:
    authorise(request.actor, "panels.lead")
    found = readable_panel(panel, request.actor)
    email, name = request.POST.get("email", ""), request.POST.get("name", "")
    refusal = attempt(
        lambda: invite_assessor(panel_id=panel, email=email, name=name, by=request.actor, at=request.at)
    )
    if refusal is not None:
        field = "name" if "navn" in refusal.sentence.lower() and "@" not in refusal.sentence else "email"
        return panel_page(request, found, errors={field: refusal.sentence}, status=422)
    messages.success(request, f"{email.strip()} er invitert og får en e-post.")
    return redirect("panel", request.tenant.slug, panel)


@entrance(staff(*LEADERS))
def remove(request: Request, panel: UUID, assessor: UUID) -> HttpResponse:
    authorise(request.actor, "panels.lead")
    found = readable_panel(panel, request.actor)
    who = next((one for one in active_assessors(found) if one.id == assessor), None)
    if who is None:
        raise NotFound("Vi finner ikke personen i panelet. Gå tilbake til panelet.")
    name = names_of({who.person_id}).get(who.person_id, "")
    if request.method != "POST":
        return _ask(request, found, name)
    reason = request.POST.get("reason", "").strip()
    wrong = missing_or_too_long(reason, if_empty=f"Skriv hvorfor {name} ikke er med lenger.", longest=500)
    if wrong:
        return _ask(request, found, name, error=wrong)
    remove_assessor(assessor_id=assessor, reason=reason, by=request.actor, at=request.at)
    messages.success(request, f"{name} er tatt ut av panelet.")
    return redirect("panel", request.tenant.slug, panel)


def _ask(request: Request, panel: Panel, name: str, *, error: str = "") -> HttpResponse:
    why = Field(
        "reason",
        f"Hvorfor er ikke {name} med lenger?",
        kind="textarea",
        rows=3,
        value=request.POST.get("reason", ""),
        audience="internal",
        error=error,
    )
    facts = {
        "h1": f"Ta {name} ut av panelet",
        "lead": name_of(panel),
        "back_url": reverse("panel", args=[request.tenant.slug, panel.id]),
        "back_text": "Panelet",
        "why": why,
        "name": name,
        "errors": [why] if error else [],
        "has_errors": bool(error),
    }
    return work_page(request, "panels/remove.html", facts, room="panels", status=422 if error else 200)
