"""Making a call from a published version, and changing it while it is a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import authorise
from runde.foundation.trust.api import Refused
from runde.grants.designs.api import list_schemes
from runde.grants.schemes.api import (
    Call,
    CallRefused,
    SchemeVersion,
    change_call,
    change_contact,
    contact_of,
    get_call_by_id,
    open_call,
)
from runde.web.components.fields import ErrorLine, Field
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.form import CallForm, first_typed, typed_of
from runde.web.designer.calls.form_fields import groups_of
from runde.web.designer.calls.views.listing import ROOM, crumbs
from runde.web.designer.calls.words import call_name
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import attempt, key_of, new_key, pressed_once, work_page


@entrance(staff(*WRITERS))
def new(request: Request) -> HttpResponse:
    versions = published_versions()
    if request.method != "POST":
        typed = first_typed(versions, request.GET.get("versjon", ""))
        return _page(request, CallForm(typed, versions), None, key=new_key())
    form = CallForm(request.POST.dict(), versions)
    made: list[str] = []

    def work(facts: dict[str, Any]) -> None:
        once = {"slug": facts["slug"]}
        made.append(
            pressed_once(
                request,
                "new_call",
                once,
                lambda: str(open_call(**facts, by=request.actor, at=request.at).id),
            )
        )

    if not _saved(form, work):
        return _page(request, form, None, key=key_of(request))
    messages.success(request, "Kladden er laget. Legg til penger før du publiserer.")
    return redirect("staff_call", request.tenant.slug, UUID(made[0]))


@entrance(staff(*WRITERS))
def change(request: Request, call: UUID) -> HttpResponse:
    found = get_call_by_id(call)
    if found.state != Call.State.DRAFT:
        messages.info(request, "Utlysningen er publisert. Vilkårene kan ikke endres lenger.")
        return redirect("staff_call", request.tenant.slug, call)
    versions = published_versions()
    if request.method != "POST":
        return _page(request, CallForm(typed_of(found), versions), found, key=new_key())
    form = CallForm(request.POST.dict(), versions)
    if not _saved(form, lambda facts: change_call(call=found, **facts, by=request.actor, at=request.at)):
        return _page(request, form, found, key=key_of(request))
    messages.success(request, "Kladden er lagret.")
    return redirect("staff_call", request.tenant.slug, call)


def published_versions() -> list[SchemeVersion]:
    """Every version a call can be made from: by scheme, the newest first."""
    return [
        version
        for scheme in list_schemes()
        for version in sorted(scheme.versions.all(), key=lambda one: -one.number)
    ]


def _saved(form: CallForm, work: Callable[[dict[str, Any]], object]) -> bool:
    """Whether all that was typed could be used; if not, the form tells what is wrong."""
    facts = form.facts()
    if form.errors:
        return False
    refusal = attempt(lambda: work(facts))
    if refusal is not None:
        form.take(refusal)
    return refusal is None


def _page(request: Request, form: CallForm, call: Call | None, *, key: str) -> HttpResponse:
    groups = groups_of(form)
    fields = [field for group in groups for field in group.fields]
    named = {field.name for field in fields}
    loose = [ErrorLine(words) for name, words in form.errors.items() if name not in named]
    facts: dict[str, Any] = {
        "h1": f"Endre «{call_name(call)}»" if call else "Lag en utlysning",
        "crumbs": crumbs(request.tenant.slug, call),
        "groups": groups,
        "no_versions": not form.versions,
        "schemes_url": reverse("schemes", args=[request.tenant.slug]),
        "act": "Lagre kladden" if call else "Lag kladden",
        "key": key,
        "errors": [*loose, *fields] if form.errors else [],
        "has_errors": bool(form.errors),
    }
    status = 422 if form.errors else 200
    return work_page(request, "designer/calls/form.html", facts, room=ROOM, status=status)


@entrance(staff(*WRITERS))
def contact(request: Request, call: UUID) -> HttpResponse:
    """Who answers questions; may change while the call is open."""
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if request.method != "POST":
        typed = {"name": found.contact_name, "email": found.contact_email, "phone": found.contact_phone}
        return _contact_page(request, found, typed)
    typed = {name: request.POST.get(name, "").strip() for name in ("name", "email", "phone")}
    refusal: Refused | None = _too_long(typed)
    refusal = refusal or attempt(lambda: change_contact(call=found, **typed, by=request.actor, at=request.at))
    if refusal is not None:
        return _contact_page(request, found, typed, refusal)
    messages.success(request, "Kontakten er lagret.")
    return redirect("staff_call", request.tenant.slug, call)


LONGEST = {"name": 200, "email": 254, "phone": 20}


def _too_long(typed: dict[str, str]) -> CallRefused | None:
    for name, longest in LONGEST.items():
        if len(typed[name]) > longest:
            return CallRefused(f"Skriv høyst {longest} tegn.", place=f"contact_{name}")
    return None


def _contact_page(
    request: Request, call: Call, typed: dict[str, str], refusal: Refused | None = None
) -> HttpResponse:
    place = str(refusal.facts.get("place", "")).removeprefix("contact_") if refusal else ""
    wrong = {place: refusal.sentence} if refusal else {}
    fields = [
        Field("name", "Navn", value=typed["name"], error=wrong.get("name", ""), optional=True, answer="l"),
        Field(
            "email", "E-post", kind="email", value=typed["email"], error=wrong.get("email", ""), optional=True
        ),
        Field(
            "phone", "Telefon", kind="tel", value=typed["phone"], error=wrong.get("phone", ""), optional=True
        ),
    ]
    standing = contact_of(call)
    shown = ", ".join(one for one in (standing.name, standing.email, standing.phone) if one)
    facts: dict[str, Any] = {
        "h1": "Hvem svarer på spørsmål om utlysningen?",
        "lead": f"Nå står det: {shown}." if shown else "Nå står det ingen.",
        "crumbs": crumbs(request.tenant.slug, call),
        "fields": fields,
        "act": "Lagre kontakten",
        "errors": [*fields, *([ErrorLine(refusal.sentence)] if refusal and not place else [])]
        if refusal
        else [],
        "has_errors": bool(refusal),
    }
    return work_page(request, "designer/calls/contact.html", facts, room=ROOM, status=422 if refusal else 200)
