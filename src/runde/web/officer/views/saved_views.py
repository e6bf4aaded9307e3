"""A person's own ways of looking at the list, and the page of its keys."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from runde.foundation.people.api import Role
from runde.grants.casework.api import delete_view, keep_view
from runde.grants.schemes.api import get_call
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.officer.asked import Asked
from runde.web.staff import attempt, work_page

READERS = (Role.OFFICER, Role.APPROVER, Role.SCHEME_MANAGER, Role.AUDITOR)
KEYS = (
    ("j", "Neste sak i lista"),
    ("k", "Forrige sak i lista"),
    ("x", "Marker saken, eller ta bort merket"),
    ("Enter", "Åpne saken"),
    ("t", "Ta saken eller de merkede sakene selv"),
    ("v", "Legg saken eller de merkede sakene på vent"),
    ("g", "Lag forslag til vedtak"),
    ("u", "Angre det siste du gjorde"),
    ("s", "Søk i lista"),
)
OF_PROPOSALS = (
    ("j", "Neste sak i forslaget"),
    ("k", "Forrige sak i forslaget"),
    ("x", "Marker saken, eller ta bort merket"),
    ("o", "Ta saken eller de merkede sakene ut av forslaget, før det er sendt"),
    ("Enter", "Vis saken"),
    ("g", "Send forslaget, gå til godkjenning, eller godkjenn på siden der du ser hva som skjer"),
)


@require_POST
@entrance(staff(*READERS))
def keep(request: Request) -> HttpResponse:
    call = get_call(request.POST.get("utlysning", ""))
    asked = Asked.of(QueryDict(request.POST.get("sporring", "")))
    query = "&".join(f"{name}={value}" for name, value in asked.query().items())
    name = request.POST.get("navn", "")
    refusal = attempt(lambda: keep_view(name=name, query=query, by=request.actor, at=request.at))
    if refusal is not None:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Visningen «{' '.join(name.split())}» er lagret.")
    return redirect(asked.url(request.tenant.slug, call))


@require_POST
@entrance(staff(*READERS))
def delete(request: Request, view: UUID) -> HttpResponse:
    call = get_call(request.POST.get("utlysning", ""))
    delete_view(view_id=view, by=request.actor, at=request.at)
    messages.success(request, "Visningen er slettet.")
    return redirect(Asked().url(request.tenant.slug, call))


@entrance(staff(*READERS))
def keys(request: Request) -> HttpResponse:
    facts = {
        "h1": "Hurtigtaster i sakslista",
        "back_url": reverse("worklist", args=[request.tenant.slug]),
        "back_text": "Saker",
        "keys": _table(KEYS, "Hurtigtaster"),
        "of_proposals": _table(OF_PROPOSALS, "Hurtigtaster i forslag"),
    }
    return work_page(request, "officer/keys.html", facts, room="worklist")


def _table(keys: tuple[tuple[str, str], ...], caption: str) -> Table:
    rows = tuple(Row((Cell(key), Cell(what))) for key, what in keys)
    return Table(caption, (Column("Tast"), Column("Hva den gjør")), rows, hide_caption=True)
