"""The page for a link that opens nothing: why, in plain words, and one press for a new one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from runde.foundation.people.api import Fault, Link, LinkRefused

GONE = 410
RENEWABLE = {Fault.EXPIRED, Fault.OLDER_VERSION}


def refuse_link(request: HttpRequest, refusal: LinkRefused) -> HttpResponse:
    """In the language of the mail. Tells who the link is for only when the link is ours."""
    link = refusal.link
    if link:
        speak(request, link)
    heading, lead = words_for(refusal.fault)
    facts = {
        "h1": heading,
        "lead": lead,
        "address": hidden_address(link.email) if link else "",
        "again_url": again_url(refusal.fault, link),
    }
    response = render(request, "links/refused.html", facts, status=GONE)
    response["Cache-Control"] = "no-store"
    return response


def speak(request: HttpRequest, link: Link) -> None:
    """The language of the mail, unless the reader has chosen one."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(link.language)


def again_url(fault: Fault, link: Link | None) -> str:
    return reverse("link_again", args=[link.id]) if link and fault in RENEWABLE else ""


def words_for(fault: Fault) -> tuple[str, str]:
    """Heading and what to do."""
    if fault == Fault.EXPIRED:
        return _("Lenken er for gammel"), _("Trykk på knappen, så sender vi deg en ny.")
    if fault == Fault.OLDER_VERSION:
        return _("Oppgaven er endret siden lenken ble sendt"), _(
            "Trykk på knappen, så sender vi deg en ny lenke."
        )
    if fault == Fault.USED:
        return _("Dette er gjort"), _("Du trenger ikke gjøre mer med denne lenken.")
    if fault == Fault.RENEWED:
        return _("Vi har sendt deg en nyere lenke"), _("Åpne lenken i den siste e-posten fra oss.")
    if fault == Fault.WITHDRAWN:
        return _("Lenken gjelder ikke lenger"), _("Oppgaven er trukket tilbake eller avsluttet.")
    return _("Lenken er ikke hel"), _("Åpne lenken fra e-posten, eller kopier hele adressen.")


def hidden_address(email: str) -> str:
    """ "k•••@kanalen.example": enough for the owner, too little for a stranger."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}"
