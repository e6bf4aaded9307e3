"""Who takes part in an application: invite somebody to fill in or to sign, and end it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.foundation.people.api import names_of
from runde.grants.applications.api import (
    Application,
    Participant,
    end_participation,
    invite_participant,
    list_participants,
)
from runde.web.applicant.access import own_application
from runde.web.applicant.papers import paper_of
from runde.web.components.fields import Choice, Field
from runde.web.entrance import SIGNED_IN, Request, entrance

LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Line:
    """One person in the list. `id` empty: the one who started the application."""

    id: str
    name: str
    what: str
    state: str


@entrance(SIGNED_IN)
def show(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("end"):
        return _end(request, found)
    return _invite(request, found)


def _invite(request: Request, found: Application) -> HttpResponse:
    email = request.POST.get("email", "")[: LONGEST_ADDRESS + 1].strip()
    role = request.POST.get("role", "")
    wrong = _wrong(email, role)
    if wrong:
        return _page(request, found, typed={"email": email, "role": role}, wrong=wrong)
    invite_participant(
        application=found, email=email, role=Participant.Role(role), by=request.actor, at=request.at
    )
    messages.success(request, _("Vi har sendt en invitasjon til %(email)s.") % {"email": email})
    return redirect("participants", request.tenant.slug, found.id)


def _wrong(email: str, role: str) -> dict[str, str]:
    wrong = {}
    try:
        validate_email(email)
    except ValidationError:
        wrong["email"] = _("Skriv e-postadressen til den du vil ha med, som navn@eksempel.no.")
    if role not in Participant.Role.values:
        wrong["role"] = _("Velg hva personen skal gjøre.")
    return wrong


def _end(request: Request, found: Application) -> HttpResponse:
    ended = request.POST["end"]
    for one in list_participants(found):
        if str(one.id) == ended:
            end_participation(participant=one, by=request.actor, at=request.at)
            messages.success(request, _("%(email)s er ikke med lenger.") % {"email": one.email})
    return redirect("participants", request.tenant.slug, found.id)


def _page(
    request: Request,
    found: Application,
    *,
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
) -> HttpResponse:
    tenant = request.tenant.slug
    fields = _fields(typed or {}, wrong or {})
    back = (
        ("tasks", _("Alle delene")) if not paper_of(found).is_short else ("review", _("Se over og send inn"))
    )
    facts: dict[str, Any] = {
        "h1": _("Fyll ut sammen med andre"),
        "lead": _("Flere kan skrive samtidig. Ingen svar blir borte."),
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "lines": _lines(found),
        "fields": fields,
        "errors": fields if wrong else [],
        "has_errors": bool(wrong),
        "is_draft": found.state == Application.State.DRAFT,
        "back_url": reverse(back[0], args=[tenant, found.id]),
        "back_text": back[1],
    }
    return render(request, "applicant/participants.html", facts, status=422 if wrong else 200)


def _fields(typed: dict[str, str], wrong: dict[str, str]) -> list[Field]:
    roles = (
        Choice(Participant.Role.FILLS_IN, _("Fylle ut"), _("Skriver og ser alle svarene, men sender ikke.")),
        Choice(
            Participant.Role.SIGNS, _("Fylle ut og sende inn"), _("Kan også sende søknaden for virksomheten.")
        ),
    )
    return [
        Field("email", _("E-post"), kind="email", value=typed.get("email", ""), error=wrong.get("email", "")),
        Field(
            "role",
            _("Hva skal personen gjøre?"),
            kind="radios",
            value=typed.get("role", ""),
            error=wrong.get("role", ""),
            choices=roles,
        ),
    ]


def _lines(found: Application) -> list[Line]:
    participants = list_participants(found)
    people = {found.applicant_id, *(one.person_id for one in participants if one.person_id)}
    names = names_of(people)
    what = {
        Participant.Role.FILLS_IN: _("Fyller ut"),
        Participant.Role.SIGNS: _("Fyller ut og kan sende inn"),
    }
    first = Line("", names.get(found.applicant_id, ""), _("Startet søknaden"), "")
    return [
        first,
        *(
            Line(
                str(one.id),
                (names.get(one.person_id) if one.person_id else None) or one.email,
                what[Participant.Role(one.role)],
                "" if one.accepted_at else _("Har ikke svart på invitasjonen ennå"),
            )
            for one in participants
        ),
    ]
