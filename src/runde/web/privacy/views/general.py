"""What is kept about people in general."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.privacy.keeping import kept_in_general


@entrance(PUBLIC)
def show(request: Request) -> HttpResponse:
    kept = list(kept_in_general(timezone.localdate(request.at), page_language()))
    return render(
        request, "privacy/general.html", {"h1": _("Slik tar vi vare på opplysningene dine"), "kept": kept}
    )
