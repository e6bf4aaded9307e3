"""From an organisation number or a name to the company one means."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from runde.engine.reference.api import format_orgnr, is_valid_orgnr
from runde.foundation.companies.api import (
    CompanyHit,
    CompanyNotFound,
    IsSubUnit,
    NoLookUp,
    RegisterUnavailable,
    fetch_company,
    find_company,
    search_companies,
)
from runde.foundation.trust.api import TooMany, take
from runde.web.components.fields import ErrorLine
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public import companies
from runde.web.public.register_told import register_told
from runde.web.public.views.result import show_result
from runde.web.visitors import address_of

MOST_NAMES = 8
LONGEST = 200
DIGITS_OF_ORGNR = 9
FEWEST_TAKEN_FOR_NUMBER = 5
SECONDS = 60


@entrance(PUBLIC)
def find(request: Request) -> HttpResponse:
    """The company by `q`. Answers to the schemes' questions are posted to the same address."""
    term = request.GET.get("q", "").strip()[:LONGEST]
    if not term:
        return _ask_again(request, term, _("Skriv organisasjonsnummeret eller navnet på virksomheten."))
    try:
        take("company_search", address_of(request))
    except TooMany as refusal:
        return _wait(request, term, int(str(refusal.facts["retry_after"])))
    digits = "".join(sign for sign in term if sign.isdigit())
    if any(sign.isalpha() for sign in term) or len(digits) < FEWEST_TAKEN_FOR_NUMBER:
        return _by_name(request, term)
    if len(digits) != DIGITS_OF_ORGNR:
        return _ask_again(request, term, _("Organisasjonsnummeret må ha 9 siffer."))
    return _by_number(request, term, digits)


def _by_number(request: Request, term: str, digits: str) -> HttpResponse:
    if not is_valid_orgnr(digits):
        return _ask_again(
            request, term, _("Organisasjonsnummeret stemmer ikke. Sjekk at alle 9 sifrene er riktige.")
        )
    try:
        return show_result(request, fetch_company(digits, at=request.at))
    except IsSubUnit as branch:
        return _branch(request, branch)
    except CompanyNotFound:
        return _no_such_number(request, term, digits, was_asked=True)
    except NoLookUp:
        return _no_such_number(request, term, digits, was_asked=False)
    except RegisterUnavailable:
        return _nobody_answers(request, term, digits)


def _branch(request: Request, found: IsSubUnit) -> HttpResponse:
    facts = {
        "h1": _("%(name)s er en avdeling") % {"name": found.branch.name},
        "lead": _("Det er hovedvirksomheten som søker."),
        "main": found.company,
        "main_number": format_orgnr(found.branch.parent_orgnr),
        **_back(),
    }
    return render(request, "public/sub_unit.html", facts)


def _no_such_number(request: Request, term: str, digits: str, *, was_asked: bool) -> HttpResponse:
    """Only the register itself can say that there is no such company; our files may be too old to know it."""
    facts = {
        "h1": _("Vi fant ingen virksomhet"),
        "term": term,
        "number": format_orgnr(digits),
        "was_asked": was_asked,
        "told": register_told(request.at, page_language()),
        "hits": [],
    }
    return render(request, "public/hits.html", {**facts, **_back()})


def _nobody_answers(request: Request, term: str, digits: str) -> HttpResponse:
    facts = {
        "h1": _("Vi får ikke slått opp nummeret nå"),
        "term": term,
        "number": format_orgnr(digits),
        "told": register_told(request.at, page_language()),
        "is_away": True,
        "hits": [],
    }
    return render(request, "public/hits.html", {**facts, **_back()})


def _by_name(request: Request, term: str) -> HttpResponse:
    hits = search_companies(term, limit=MOST_NAMES)
    if len(hits) == 1:
        company = find_company(hits[0].orgnr)
        if company is not None:
            return show_result(request, company)
    return _choose(request, term, hits)


def _choose(request: Request, term: str, hits: list[CompanyHit]) -> HttpResponse:
    """Several to choose from, or nothing and what to do then."""
    h1 = _("Hvilken virksomhet mener du?") if hits else _("Vi fant ingen virksomhet")
    rows = [
        (hit, format_orgnr(hit.orgnr), companies.municipality_name(hit.municipality) or hit.place)
        for hit in hits
    ]
    facts = {"h1": h1, "term": term, "hits": rows, "is_cut": len(hits) == MOST_NAMES}
    return render(request, "public/hits.html", {**facts, **_back()})


def _ask_again(request: Request, term: str, sentence: str) -> HttpResponse:
    facts = {
        "h1": _("Hva kan virksomheten din få?"),
        "term": term,
        "error": sentence,
        "errors": [ErrorLine(sentence, "id_q")],
        "has_errors": True,
    }
    return render(request, "public/hits.html", {**facts, **_back()}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _wait(request: Request, term: str, seconds: int) -> HttpResponse:
    minutes = -(-seconds // SECONDS)
    sentence = _("Du har søkt mange ganger på kort tid. Prøv igjen om ett minutt.")
    if minutes > 1:
        words = _("Du har søkt mange ganger på kort tid. Prøv igjen om %(minutes)s minutter.")
        sentence = words % {"minutes": minutes}
    facts = {"h1": _("Vent litt før du søker igjen"), "term": term, "wait": sentence}
    page = render(request, "public/hits.html", {**facts, **_back()}, status=HTTPStatus.TOO_MANY_REQUESTS)
    page["Retry-After"] = str(seconds)
    return page


def _back() -> dict[str, str]:
    return {"back_url": "/", "back_text": _("Til forsiden")}
