"""Mail when calls open: asked for here, confirmed from the mail, and ended with one press.

No page tells whether an address is known: what is answered is the same whatever we know of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from runde.foundation.notices.api import (
    DAYS_TO_CONFIRM,
    AddressRefused,
    MailRefused,
    SecretPurpose,
    Subscription,
    ask_subscription,
    confirm_subscription,
    end_subscription,
    find_by_secret,
    mail_at_once,
)
from runde.foundation.organisations.api import Organisation, list_tenants
from runde.foundation.trust.api import NotFound, TooMany, take
from runde.grants.schemes.api import Announcement, find_announcement, list_announcements
from runde.web.components.fields import Choice, Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public.letters import confirm_letter, wanted_text
from runde.web.public.openings import TOPIC
from runde.web.public.searching import place_of
from runde.web.visitors import address_of

LONGEST = 254


@dataclass(frozen=True)
class Wish:
    """What is asked for: one call that is not open yet, one municipality's calls, or all."""

    email: str
    municipality: str
    call: Announcement | None
    tenants: list[Organisation]

    @classmethod
    def of(cls, request: Request) -> Wish:
        given = request.POST if request.method == "POST" else request.GET
        tenants = list_tenants()
        places = {place_of(one) for one in tenants}
        place = given.get("kommune", "")
        tenant, _slash, call = given.get("utlysning", "")[:LONGEST].replace("\x00", "").partition("/")
        found = find_announcement(tenant, call) if call else None
        return cls(
            given.get("epost", "").strip()[: LONGEST + 1],
            place if place in places else "",
            found if found and found.opens_at > request.at else None,
            tenants,
        )

    @property
    def filter(self) -> dict[str, str]:
        if self.call:
            return {"call": str(self.call.call_id)}
        return {"municipality": self.municipality} if self.municipality else {}

    @property
    def text(self) -> str:
        return wanted_text(_name_of(self.municipality, self.tenants), self.call)


@never_cache
@entrance(PUBLIC)
def ask(request: Request) -> HttpResponse:
    wish = Wish.of(request)
    if request.method != "POST":
        return _form(request, wish)
    try:
        take("subscribe_address", address_of(request))
        _write_to(wish, request)
    except AddressRefused:
        error = _("Skriv en e-postadresse, for eksempel navn@firma.no.")
        return _form(request, wish, error=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except MailRefused:
        words = _("Vi fikk ikke sendt e-posten nå. Prøv igjen om litt.")
        return _form(request, wish, trouble=words, status=HTTPStatus.SERVICE_UNAVAILABLE)
    except TooMany as refusal:
        words = _("Det er bedt om mange e-poster på kort tid. Prøv igjen om litt.")
        page = _form(request, wish, trouble=words, status=HTTPStatus.TOO_MANY_REQUESTS)
        page["Retry-After"] = str(refusal.facts["retry_after"])
        return page
    return redirect("subscription_asked")


@entrance(PUBLIC)
def asked(request: Request) -> HttpResponse:
    return _told(
        request,
        _("Sjekk e-posten din"),
        _("Vi har sendt deg en e-post med en lenke. Åpne den og trykk på knappen, så begynner varslene."),
        _(
            "Lenken virker i %(days)s dager. Ser du ingen e-post? Se i søppelposten, eller be om en ny om en time."
        )
        % {"days": DAYS_TO_CONFIRM},
    )


@never_cache
@entrance(PUBLIC)
def confirm(request: Request, secret: str) -> HttpResponse:
    """Opening the link only shows what it is about; the button does it."""
    found = find_by_secret(secret, SecretPurpose.CONFIRM, at=request.at)
    if found is None:
        return _too_old(request)
    if request.method == "POST":
        try:
            confirm_subscription(secret=secret, at=request.at)
        except NotFound:
            return _too_old(request)
        return redirect("subscription_confirmed")
    facts = {
        "h1": _("Vil du ha e-post om nye ordninger?"),
        "what": _what(found, request.at),
        "email": found.email,
        "is_once": found.is_once,
    }
    return render(request, "public/confirm_subscription.html", {**facts, **_back()})


@entrance(PUBLIC)
def confirmed(request: Request) -> HttpResponse:
    return _told(
        request,
        _("Nå får du e-post fra oss"),
        _("Du trenger ikke gjøre noe mer. Vi skriver til deg når en ordning åpner."),
        _("I hver e-post er det en lenke du kan bruke hvis du ikke vil ha flere."),
    )


@csrf_exempt
@never_cache
@entrance(PUBLIC)
def end(request: Request, secret: str) -> HttpResponse:
    """The mail program may post here by itself (RFC 8058): the secret alone is the right to do it."""
    if request.method == "POST":
        if end_subscription(secret=secret, at=request.at):
            return _told(
                request,
                _("Du får ikke flere e-poster om nye ordninger"),
                _("Vi har slettet e-postadressen din fra lista."),
            )
        return _already_ended(request)
    if find_by_secret(secret, SecretPurpose.END, at=request.at) is None:
        return _already_ended(request)
    facts = {"h1": _("Vil du slutte å få e-post om nye ordninger?")}
    return render(request, "public/end_subscription.html", {**facts, **_back()})


def _write_to(wish: Wish, request: Request) -> None:
    """Mail the address, known or not. One that has been written to often of late is passed by without a word."""
    with transaction.atomic():
        secret = ask_subscription(
            topic=TOPIC,
            filter=wish.filter,
            email=wish.email,
            language=page_language(),
            is_once=wish.call is not None,
            at=request.at,
        )
        try:
            take("subscribe_email", hashlib.sha256(wish.email.lower().encode()).hexdigest())
        except TooMany:
            transaction.set_rollback(True)
            return
        subject, body = confirm_letter(secret, wish.text)
        mail_at_once(email=wish.email, language=page_language(), subject=subject, body=body)


def _form(
    request: Request, wish: Wish, *, error: str = "", trouble: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    places = [Choice("", _("Hele regionen")), *(Choice(place_of(one), one.name) for one in wish.tenants)]
    fields = [
        Field("epost", _("E-postadressen din"), "email", value=wish.email, error=error, autocomplete="email")
    ]
    if wish.call is None:
        fields.append(
            Field("kommune", _("Hvilken kommune?"), "select", value=wish.municipality, choices=tuple(places))
        )
    facts: dict[str, Any] = {
        "h1": _("Få e-post når ordningen åpner") if wish.call else _("Få e-post når nye ordninger åpner"),
        "what": wish.text if wish.call else "",
        "call": f"{wish.call.tenant_slug}/{wish.call.call_slug}" if wish.call else "",
        "fields": fields,
        "errors": fields if error else [],
        "trouble": trouble,
        **_back(),
    }
    return render(request, "public/subscribe.html", facts, status=status)


def _what(found: Subscription, at: datetime) -> str:
    """What a wish is about, in words; a call that is gone is not named."""
    wanted = found.filter.get("call")
    call = (
        next((one for one in list_announcements(at) if str(one.call_id) == wanted), None) if wanted else None
    )
    return wanted_text(_name_of(found.filter.get("municipality", ""), list_tenants()), call)


def _name_of(place: str, tenants: list[Organisation]) -> str:
    return next((one.name for one in tenants if place and place_of(one) == place), "")


def _too_old(request: Request) -> HttpResponse:
    facts = {
        "h1": _("Lenken er for gammel"),
        "sentences": [_("Skriv inn e-postadressen din på nytt, så sender vi deg en ny lenke.")],
        "again_url": reverse("subscribe"),
    }
    page = {**facts, **_back()}
    return render(request, "public/subscription_told.html", page, status=HTTPStatus.NOT_FOUND)


def _already_ended(request: Request) -> HttpResponse:
    return _told(
        request,
        _("Denne lenken er alt brukt"),
        _("Får du fortsatt e-post fra oss, bruk lenken i den nyeste e-posten."),
    )


def _told(request: Request, h1: str, *sentences: str) -> HttpResponse:
    return render(request, "public/subscription_told.html", {"h1": h1, "sentences": sentences, **_back()})


def _back() -> dict[str, str]:
    return {"back_url": reverse("calls"), "back_text": _("Alle ordninger")}
