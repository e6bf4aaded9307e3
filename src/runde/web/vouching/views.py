"""Requests to act for companies that the municipality looks after and where nobody can answer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import date_text, format_orgnr
from runde.foundation.companies.api import facts_of_many, find_company
from runde.foundation.people.api import CONSIDERING, ActingRequest, get_request, list_requests_to, may
from runde.foundation.trust.api import NotFound
from runde.web.acting.caretaking import name_of
from runde.web.acting.forms import AnswerForm
from runde.web.acting.views.asking import answered
from runde.web.components.facts import Fact
from runde.web.components.tables import Cell, Column, Row, Table
from runde.web.entrance import Request, entrance, staff
from runde.web.public.companies import facts_rows
from runde.web.staff import work_page

ROOM = "acting_requests"


@entrance(staff(*CONSIDERING))
def requests(request: Request) -> HttpResponse:
    asked = [
        one
        for one in list_requests_to(request.tenant.id)
        if may(request.actor, "people.consider_request", one)
    ]
    facts = {"h1": _headline(len(asked)), "asked": asked, "table": _table(request, asked)}
    return work_page(request, "vouching/requests.html", facts, room=ROOM)


@entrance(staff(*CONSIDERING))
def vouch(request: Request, asked: UUID) -> HttpResponse:
    """Who asks, for which company, and yes or no. A legal act: the page says what happens."""
    found = _open_here(request, asked)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answered(request, found, form)
        messages.success(request, f"{found.person.name} har fått svaret på e-post.")
        return redirect("acting_requests", request.tenant.slug)
    company = find_company(found.organisation_number)
    facts = {
        "h1": f"{found.person.name} vil handle for {name_of(found.organisation_number)}",
        "asked": found,
        "about": _about(found),
        "company": facts_rows(company, "nb") if company else [],
        "form": form,
        "back_url": reverse("acting_requests", args=[request.tenant.slug]),
        "back_text": "Spørsmål om å få handle",
    }
    return work_page(request, "vouching/vouch.html", facts, room=ROOM, status=422 if form.errors else 200)


def _open_here(request: Request, asked: UUID) -> ActingRequest:
    """Another municipality's, answered ones and those the company answers itself are not here."""
    found = get_request(asked)
    if found.caretaker_id != request.tenant.id or found.answer:
        raise NotFound("Vi finner ikke spørsmålet.")
    if not may(request.actor, "people.consider_request", found):
        raise NotFound("Vi finner ikke spørsmålet.")
    return found


def _headline(count: int) -> str:
    if not count:
        return "Ingen venter på å få handle for en virksomhet"
    return f"{count} venter på å få handle for en virksomhet"


def _about(found: ActingRequest) -> list[Fact]:
    return [
        Fact("Navn", found.person.name),
        Fact("E-post", found.person.email),
        Fact("Sier at de er", found.role),
        Fact("Spurte", date_text(found.asked_at.date())),
        *([Fact("Melding", found.message)] if found.message else []),
    ]


def _table(request: Request, asked: list[ActingRequest]) -> Table:
    known = facts_of_many({one.organisation_number for one in asked})
    return Table(
        caption="Spørsmål om å få handle",
        hide_caption=True,
        columns=(Column("Person"), Column("Virksomhet"), Column("Sier at de er"), Column("Spurte")),
        rows=tuple(
            Row(
                (
                    Cell(one.person.name, url=reverse("vouch", args=[request.tenant.slug, one.id])),
                    Cell(
                        known[one.organisation_number].name if one.organisation_number in known else "",
                        note=format_orgnr(one.organisation_number),
                    ),
                    Cell(one.role),
                    Cell(date_text(one.asked_at.date())),
                )
            )
            for one in asked
        ),
    )
