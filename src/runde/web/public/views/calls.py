"""The list of calls, for everybody to look through."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.foundation.organisations.api import list_tenants
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public.announcements import listed_card
from runde.web.public.searching import Asked, chips_of, fields_of

ON_A_PAGE = 25


@entrance(PUBLIC)
def show(request: Request) -> HttpResponse:
    """By the address: `q`, `kommune`, `status` (several), `type`, `belop` and `side`."""
    asked, tenants = Asked.of(request.GET), list_tenants()
    found = asked.find(at=request.at)
    page = Paginator([listed_card(one, request.at) for one in found], ON_A_PAGE).get_page(
        request.GET.get("side", "1")
    )
    url = reverse("calls")
    fields = fields_of(asked, tenants)
    facts: dict[str, Any] = {
        "h1": _headline(len(found), asked),
        "asked": asked,
        "filters": fields,
        "errors": [one for one in fields if one.error],
        "chips": chips_of(asked, tenants, url),
        "clear_url": url,
        "page": page,
        "feed_url": reverse("calls_feed") + asked.query,
        "calendar_url": reverse("calls_calendar") + asked.query,
        "subscribe_url": reverse("subscribe")
        + (f"?kommune={asked.municipality}" if asked.municipality else ""),
        "back_url": "/",
        "back_text": _("Til forsiden"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.errors else HTTPStatus.OK
    return render(request, "public/calls.html", facts, status=status)


def _headline(count: int, asked: Asked) -> str:
    if asked.is_narrowed:
        if not count:
            return _("Ingen ordninger passer søket")
        return ngettext("%(count)s ordning passer søket", "%(count)s ordninger passer søket", count) % {
            "count": count
        }
    if not count:
        return _("Ingen ordninger er åpne nå")
    words = ngettext(
        "%(count)s ordning er åpen eller åpner snart", "%(count)s ordninger er åpne eller åpner snart", count
    )
    return words % {"count": count}
