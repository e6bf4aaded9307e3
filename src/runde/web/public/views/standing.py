"""Pages that stand still: accessibility."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from runde.web.entrance import PUBLIC, Request, entrance


@entrance(PUBLIC)
def accessibility(request: Request) -> HttpResponse:
    return render(request, "public/accessibility.html", {"h1": _("Slik er tjenesten tilgjengelig for alle")})
