"""The gallery: `?prove=` gives a sample page, otherwise every part in all its states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from runde.web.entrance import PUBLIC, entrance

from . import parts, samples

SAMPLES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "": ("gallery/parts.html", parts.everything),
    "soknad": ("gallery/question.html", samples.question),
    "soknad-feil": ("gallery/question.html", samples.question_with_errors),
    "gjennomsyn": ("gallery/review.html", samples.review),
    "status": ("gallery/status.html", samples.status),
    "saker": ("gallery/worklist.html", samples.worklist),
    "sak": ("gallery/case.html", samples.case),
    "godkjenning": ("gallery/approval.html", samples.approval),
    "ferdig": ("gallery/finished.html", samples.finished),
}
NAMES = {
    "soknad": "Spørsmål i en søknad",
    "soknad-feil": "Spørsmål med feil",
    "gjennomsyn": "Se over og send inn",
    "status": "Hvor er saken",
    "saker": "Arbeidsliste",
    "sak": "Sak",
    "godkjenning": "Godkjenning",
    "ferdig": "Tom liste",
}


@entrance(PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part, or the sample page named in the address; 404 for an unknown name."""
    name = request.GET.get("prove", "")
    if name not in SAMPLES:
        raise Http404
    template, content = SAMPLES[name]
    shown = {"is_demo": True, "samples": NAMES, **content()}
    return render(request, template, shown)
