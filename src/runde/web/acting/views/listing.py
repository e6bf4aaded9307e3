"""The companies one acts for: found by a word, chosen with a press, and what waits for one's own answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from runde.foundation.people.api import (
    answer_invitation,
    find_invitation,
    find_rights_look,
    get_request,
    list_invitations_to,
    list_requests_of,
    refresh_rights,
    rights_source,
    withdraw_request,
)
from runde.foundation.trust.api import NotFound
from runde.web.acting.caretaking import at_the_caretaker, name_of
from runde.web.acting.choosing import choose, chosen_number
from runde.web.acting.posting import tell_accepted
from runde.web.acting.words import scope_text
from runde.web.applicant.companies import Acting, list_acting
from runde.web.entrance import SIGNED_IN, Request, entrance

PAGE = 25
SEARCH_FROM = 6
ORDERS = ("navn", "nummer", "rolle")
LONGEST_WAY = 500


@entrance(SIGNED_IN)
def companies(request: Request) -> HttpResponse:
    today = timezone.localdate(request.at)
    answered = refresh_rights(person=request.user, on=today, at=request.at)
    acting = list_acting(request.user, on=today)
    if len(acting) == 1 and not chosen_number(request):
        choose(request, acting[0].orgnr, acting[0].name)
    facts = {
        "h1": _headline(len(acting)),
        "is_many": len(acting) >= SEARCH_FROM,
        "invitations": _invitations(request),
        "requests": [(one, name_of(one.organisation_number)) for one in list_requests_of(request.user)],
        "rights": _rights_told(request, answered),
        "chosen": chosen_number(request),
        "declare_url": reverse("declare_mandate"),
        "back_url": reverse("my_page"),
        "back_text": _("Min side"),
        **_found(request, acting),
    }
    return render(request, "acting/companies.html", facts)


@require_POST
@entrance(SIGNED_IN)
def switch(request: Request) -> HttpResponse:
    """Act for another company from now on."""
    number = request.POST.get("orgnr", "")
    if not request.actor.acts_for(number):
        raise NotFound(_("Vi finner ikke virksomheten blant dine."))
    choose(request, number, name_of(number))
    messages.success(request, _("Du handler nå for %(name)s.") % {"name": name_of(number)})
    return redirect(_onward(request))


@require_POST
@entrance(SIGNED_IN)
def answer(request: Request, invitation: UUID) -> HttpResponse:
    """Yes or no to an invitation to one's own address."""
    found = find_invitation(invitation)
    if found is None:
        raise NotFound(_("Vi finner ikke invitasjonen."))
    accept = request.POST.get("answer") == "yes"
    number, today = found.organisation_number, timezone.localdate(request.at)
    with at_the_caretaker(number):
        answer_invitation(invitation=found, accept=accept, by=request.actor, on=today, at=request.at)
        found.refresh_from_db()
        tell_accepted(found, name_of(number), at=request.at)
    if accept:
        choose(request, number, name_of(number))
        messages.success(request, _("Du kan nå handle for %(name)s.") % {"name": name_of(number)})
    else:
        messages.info(request, _("Du takket nei til å handle for %(name)s.") % {"name": name_of(number)})
    return redirect("companies")


@require_POST
@entrance(SIGNED_IN)
def take_back(request: Request, asked: UUID) -> HttpResponse:
    """Take one's own request back."""
    found = get_request(asked)
    with at_the_caretaker(found.organisation_number):
        withdraw_request(request=found, by=request.actor, at=request.at)
    messages.info(request, _("Spørsmålet er trukket tilbake."))
    return redirect("companies")


def _headline(count: int) -> str:
    if not count:
        return _("Du handler ikke for noen virksomhet ennå")
    return ngettext("Du handler for %(count)s virksomhet", "Du handler for %(count)s virksomheter", count) % {
        "count": count
    }


def _found(request: Request, acting: list[Acting]) -> Mapping[str, Any]:
    """What fits the search, in the order asked for, a page at a time."""
    term = request.GET.get("q", "").strip()[:100]
    order = request.GET.get("ordne", "navn")
    fitting = [one for one in acting if _fits(one, term)]
    if order == "nummer":
        fitting.sort(key=lambda one: one.orgnr)
    elif order == "rolle":
        fitting.sort(key=lambda one: (one.is_declared, one.fills_in))
    page = Paginator(fitting, PAGE).get_page(request.GET.get("side"))
    names = {"navn": _("Navn"), "nummer": _("Organisasjonsnummer"), "rolle": _("Rolle")}
    return {
        "page": page,
        "term": term,
        "order": order if order in ORDERS else "navn",
        "orders": list(names.items()),
        "count": len(fitting),
        "has_any": bool(acting),
    }


def _fits(one: Acting, term: str) -> bool:
    digits = "".join(sign for sign in term if sign.isdigit())
    if digits and not any(sign.isalpha() for sign in term):
        return digits in one.orgnr
    return all(word in one.name.lower() for word in term.lower().split())


def _invitations(request: Request) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "name": name_of(one.organisation_number),
            "by": one.invited_by.name,
            "what": scope_text(one.scope),
            "until": timezone.localdate(one.expires_at),
        }
        for one in list_invitations_to(request.user.email, at=request.at)
    ]


def _rights_told(request: Request, answered: bool) -> dict[str, Any]:
    """What the page says of the outside source: nothing without one, calm words when it is silent."""
    source = rights_source()
    if source is None:
        return {}
    look = find_rights_look(request.user)
    return {"name": source.name, "answered": answered, "last": look.answered_at if look else None}


def _onward(request: Request) -> str:
    wanted = request.POST.get("til", "")
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if fine and wanted.startswith("/") and len(wanted) < LONGEST_WAY else reverse("companies")
