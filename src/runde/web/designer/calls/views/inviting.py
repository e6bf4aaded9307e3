"""Asking a company to apply, by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.engine.reference.api import ReferenceRefusal, clean_orgnr
from runde.foundation.companies.api import (
    CompanyNotFound,
    IsSubUnit,
    NoLookUp,
    RegisterUnavailable,
    fetch_company,
)
from runde.foundation.notices.api import AddressRefused
from runde.foundation.people.api import authorise
from runde.foundation.trust.api import Refused
from runde.grants.schemes.api import Call, call_phase, contact_of, get_call_by_id, invite_company
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.views.listing import CAN_APPLY, ROOM, crumbs
from runde.web.designer.calls.words import call_name
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, key_of, new_key, pressed_once, work_page

LONGEST_MESSAGE = 2_000


@entrance(staff(*WRITERS))
def invite(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if call_phase(found, request.at) not in CAN_APPLY:
        messages.info(request, "Ingen kan begynne på en søknad nå.")
        return redirect("staff_call", request.tenant.slug, call)
    if request.method != "POST":
        return _page(request, found, {}, key=new_key())
    orgnr, name, wrong = _company(request.POST.get("orgnr", ""), request.at)
    told = {"orgnr": wrong} if wrong else {}
    message = request.POST.get("message", "").strip()
    if len(message) > LONGEST_MESSAGE:
        told["message"] = "Hilsenen er for lang. Skriv høyst 2 000 tegn."
    email = request.POST.get("email", "").strip()
    if not email:
        told["email"] = "Skriv e-postadressen til virksomheten."
    if told:
        return _page(request, found, told, key=key_of(request))
    body = {"call": str(call), "orgnr": orgnr, "email": email}
    refusal = attempt(
        lambda: pressed_once(
            request,
            "invite_company",
            body,
            lambda: invite_company(
                call=found,
                organisation_number=orgnr,
                company_name=name,
                email=email,
                link=_link(request, found, orgnr),
                message=message,
                by=request.actor,
                at=request.at,
            ),
        )
    )
    if refusal is not None:
        return _page(request, found, {_place(refusal): refusal.sentence}, key=key_of(request))
    messages.success(request, f"Invitasjonen til {name} sendes til {email}.")
    return redirect("staff_call", request.tenant.slug, call)


def _company(typed: str, at: datetime) -> tuple[str, str, str]:
    """The number, the company's name, and what is wrong."""
    if not typed.strip():
        return "", "", "Skriv organisasjonsnummeret til virksomheten, ni sifre."
    try:
        orgnr = clean_orgnr(typed)
    except ReferenceRefusal:
        return "", "", f"«{typed.strip()[:20]}» er ikke et organisasjonsnummer. Det har ni sifre."
    try:
        return orgnr, fetch_company(orgnr, at=at).name, ""
    except IsSubUnit as branch:
        return orgnr, "", branch.sentence
    except CompanyNotFound:
        return orgnr, "", "Vi finner ikke virksomheten i Enhetsregisteret. Se over nummeret."
    except NoLookUp:
        return orgnr, "", "Vi finner ikke virksomheten i registeret vårt. Se over nummeret."
    except RegisterUnavailable:
        return (
            orgnr,
            "",
            "Vi får ikke kontakt med Enhetsregisteret og kjenner ikke nummeret. Prøv igjen om litt.",
        )


def _link(request: Request, call: Call, orgnr: str) -> str:
    address = reverse("apply", args=[request.tenant.slug, call.slug])
    return f"{settings.SITE}{address}?{urlencode({'virksomhet': orgnr})}"


def _place(refusal: Refused) -> str:
    if isinstance(refusal, AddressRefused):
        return "email"
    return str(refusal.facts.get("place", ""))


def _page(request: Request, call: Call, wrong: dict[str, str], *, key: str) -> HttpResponse:
    typed = request.POST
    fields = [
        Field(
            "orgnr",
            "Organisasjonsnummer",
            kind="orgnumber",
            value=typed.get("orgnr", ""),
            error=wrong.get("orgnr", ""),
        ),
        Field(
            "email",
            "E-post til virksomheten",
            kind="email",
            value=typed.get("email", ""),
            error=wrong.get("email", ""),
            answer="l",
        ),
        Field(
            "message",
            "Hilsen",
            kind="textarea",
            rows=4,
            value=typed.get("message", ""),
            description="Står i e-posten, før fristen.",
            error=wrong.get("message", ""),
            optional=True,
            audience="applicant",
        ),
    ]
    loose = [ErrorLine(words) for name, words in wrong.items() if not name]
    contact = contact_of(call)
    facts: dict[str, Any] = {
        "h1": "Inviter en virksomhet til å søke",
        "lead": call_name(call),
        "crumbs": crumbs(request.tenant.slug, call),
        "fields": fields,
        "act": "Send invitasjonen",
        "key": key,
        "contact": contact.email or contact.phone,
        "errors": [*loose, *fields] if wrong else [],
        "has_errors": bool(wrong),
    }
    return work_page(request, "designer/calls/invite.html", facts, room=ROOM, status=422 if wrong else 200)
