"""Pages for what cannot be done: refused, missing, broken. Calm, with a way on, and never a stack trace."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from runde.foundation.trust.api import Conflict, NotAllowed, NotFound, Refused, TooMany

STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, TooMany: 429}
HEADINGS = {
    403: "Du har ikke tilgang til denne siden",
    404: "Vi finner ikke denne siden",
    405: "Denne siden kan ikke brukes slik",
    409: "Noe har endret seg siden du åpnet siden",
    422: "Dette kan ikke gjøres",
    429: "Du må vente litt",
    500: "Noe gikk galt hos oss",
}


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
    sentence = HEADINGS[404] if status == 404 else refusal.sentence
    response = _page(request, status, sentence)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.facts["retry_after"])
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "Sjekk at adressen er riktig, eller gå til forsiden.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "Logg inn med en annen konto, eller be lederen din om tilgang.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 422, "Vi forstod ikke det som ble sendt. Gå tilbake og prøv igjen.")


def wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """An address that only takes what a form sends, opened as a page, or the reverse."""
    page = _page(request, 405, "Gå tilbake, og bruk knappene på siden du kom fra.")
    page["Allow"] = response["Allow"]
    return page


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "Siden har vært åpen for lenge. Gå tilbake, last siden på nytt og prøv igjen.")


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: the account, the session or the database may be what is broken."""
    sentence = "Feilen er hos oss, og det du sendte, er ikke lagret. Gå tilbake, og prøv igjen om litt."
    facts = {"heading": HEADINGS[500], "sentence": sentence, "is_demo": settings.DEMO}
    return HttpResponse(render_to_string("web/failure.html", facts), status=500)


def _page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    facts = {"heading": HEADINGS[status], "sentence": sentence}
    return render(request, "web/failure.html", facts, status=status)
