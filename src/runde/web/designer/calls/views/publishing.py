"""Publishing a call: a legal act on a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from runde.foundation.people.api import authorise
from runde.foundation.trust.api import Refused
from runde.grants.schemes.api import (
    Call,
    contact_of,
    get_call_by_id,
    money_left,
    publish_call,
    sources_of,
)
from runde.web.components.facts import Fact
from runde.web.designer.access import WRITERS
from runde.web.designer.calls.shown import clock_facts, money_facts
from runde.web.designer.calls.views.act import Act, act_page, done_once
from runde.web.designer.calls.words import call_name, moment
from runde.web.entrance import Request, entrance, staff
from runde.web.staff import key_of, new_key


@entrance(staff(*WRITERS))
def publish(request: Request, call: UUID) -> HttpResponse:
    authorise(request.actor, "schemes.manage")
    found = get_call_by_id(call)
    if request.method != "POST":
        if found.state != Call.State.DRAFT:
            return redirect("staff_call", request.tenant.slug, call)
        return _publish_page(request, found, key=new_key())
    refusal = done_once(
        request, "publish_call", found, {}, lambda: publish_call(call=found, by=request.actor, at=request.at)
    )
    if refusal is not None:
        return _publish_page(request, get_call_by_id(call), key=key_of(request), refusal=refusal)
    messages.success(request, f"Utlysningen er publisert. Fristen er {moment(found.closes_at)}.")
    return redirect("staff_call", request.tenant.slug, call)


def _publish_page(request: Request, call: Call, *, key: str, refusal: Refused | None = None) -> HttpResponse:
    slug = request.tenant.slug
    lacks = _lacks(request, call)
    contact, left = contact_of(call), money_left(call)
    opened = call.opens_at <= request.at
    act = Act(
        "designer/calls/publish.html",
        f"Publiser utlysningen «{call_name(call)}»",
        "" if lacks else "Publiser utlysningen",
        [
            Fact("Adresse", reverse("call", args=[slug, call.slug])),
            Fact("Versjon av ordningen", str(call.scheme_version.number)),
            *clock_facts(call),
            *money_facts(left),
            Fact("Kontakt", contact.email or contact.phone or "Ingen"),
        ],
    )
    more = {
        "lacks": lacks,
        "is_conditional": left.waiting_nok > 0,
        "opens": "Det går an å søke med en gang."
        if opened
        else f"Det går an å søke fra {moment(call.opens_at)}.",
        "closes": f"Ingen kan begynne på en søknad etter {moment(call.closes_at)}.",
    }
    return act_page(request, call, act, [], more, key=key, refusal=refusal)


def _lacks(request: Request, call: Call) -> list[tuple[str, str, str]]:
    """What must be in place first: a sentence, where it is mended, and what that page is called."""
    args = [request.tenant.slug, call.id]
    found = []
    if not sources_of(call):
        found.append(("Utlysningen har ingen penger.", reverse("staff_call_money", args=args), "Penger"))
    if call.closes_at <= request.at:
        found.append(("Fristen er allerede ute.", reverse("change_call", args=args), "Frist og vilkår"))
    return found
