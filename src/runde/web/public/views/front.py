"""The front page, and the way home for those who have signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from runde.foundation.organisations.api import list_tenants
from runde.foundation.people.api import get_actor
from runde.foundation.trust.api import fence
from runde.grants.schemes.api import list_announcements
from runde.web.entrance import PUBLIC, SIGNED_IN, Request, entrance
from runde.web.public.announcements import coming_cards, open_cards

SHOWN_ON_FRONT = 5
SHOWN_COMING = 3


@entrance(PUBLIC)
def front(request: Request) -> HttpResponse:
    announced = list_announcements(request.at)
    cards = open_cards(announced, at=request.at)
    facts = {
        "h1": _("Hva kan virksomheten din få?"),
        "cards": cards[:SHOWN_ON_FRONT],
        "coming": coming_cards(announced, at=request.at)[:SHOWN_COMING],
        "tenants": list_tenants(),
    }
    return render(request, "public/front.html", facts)


@entrance(SIGNED_IN)
def home(request: Request) -> HttpResponse:
    """Staff to their tenant's cases, everybody else to their own page."""
    tenant = request.user.home_tenant
    if tenant is not None and tenant.is_tenant:
        with fence(tenant.id):
            roles = get_actor(request.user, on=request.actor.on or request.at.date()).roles
        if roles:
            return redirect(f"/{tenant.slug}/saker/")
    return redirect("my_page")
