"""Pages that stand still: privacy and accessibility."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from runde.web.entrance import PUBLIC, Request, entrance


@entrance(PUBLIC)
def privacy(request: Request) -> HttpResponse:
    return render(request, "public/privacy.html", {"h1": _("Slik tar vi vare på opplysningene dine")})


@entrance(PUBLIC)
def accessibility(request: Request) -> HttpResponse:
    return render(request, "public/accessibility.html", {"h1": _("Slik er tjenesten tilgjengelig for alle")})
