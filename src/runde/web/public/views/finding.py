"""From an organisation number or a name to the calls the company may fit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import format_orgnr
from runde.foundation.companies.api import (
    CompanyFacts,
    CompanyHit,
    find_company,
    find_sub_unit,
    search_companies,
)
from runde.foundation.trust.api import take
from runde.web.components.fields import ErrorLine
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public import companies, fitting
from runde.web.visitors import address_of

MOST_NAMES = 8
LONGEST = 200
DIGITS_OF_ORGNR = 9


@entrance(PUBLIC)
def find(request: Request) -> HttpResponse:
    term = request.GET.get("q", "").strip()[:LONGEST]
    if not term:
        return _ask_again(request, term, _("Skriv organisasjonsnummeret eller navnet på virksomheten."))
    take("company_search", address_of(request))
    digits = "".join(sign for sign in term if sign.isdigit())
    if len(digits) == DIGITS_OF_ORGNR and not any(sign.isalpha() for sign in term):
        return _by_number(request, term, digits)
    return _by_name(request, term)


def _by_number(request: Request, term: str, digits: str) -> HttpResponse:
    company = find_company(digits)
    if company is not None:
        return _result(request, company)
    sub_unit = find_sub_unit(digits)
    if sub_unit is None:
        return _none(request, term, [])
    main = find_company(sub_unit.parent_orgnr)
    facts = {
        "h1": _("%(name)s er en avdeling") % {"name": sub_unit.name},
        "lead": _("Det er hovedvirksomheten som søker."),
        "main": main,
        "main_number": format_orgnr(sub_unit.parent_orgnr),
    }
    return render(request, "public/sub_unit.html", facts)


def _by_name(request: Request, term: str) -> HttpResponse:
    hits = search_companies(term, limit=MOST_NAMES)
    if len(hits) == 1:
        company = find_company(hits[0].orgnr)
        if company is not None:
            return _result(request, company)
    return _none(request, term, hits)


def _none(request: Request, term: str, hits: list[CompanyHit]) -> HttpResponse:
    """Several to choose from, or nothing and what to do then."""
    h1 = _("Hvilken virksomhet mener du?") if hits else _("Vi fant ingen virksomhet")
    rows = [
        (hit, format_orgnr(hit.orgnr), companies.municipality_name(hit.municipality) or hit.place)
        for hit in hits
    ]
    return render(request, "public/hits.html", {"h1": h1, "term": term, "hits": rows, **_back()})


def _ask_again(request: Request, term: str, sentence: str) -> HttpResponse:
    facts = {
        "h1": _("Hva kan virksomheten din få?"),
        "term": term,
        "error": sentence,
        "errors": [ErrorLine(sentence, "id_q")],
        "has_errors": True,
    }
    return render(request, "public/hits.html", {**facts, **_back()}, status=422)


def _result(request: Request, company: CompanyFacts) -> HttpResponse:
    language = page_language()
    groups = fitting.fit(company, at=request.at, language=language)
    trouble = companies.trouble(company, language)
    facts = {
        "h1": _headline(company.name, groups),
        "company": company,
        "facts": companies.facts_rows(company, language),
        "source": companies.source_line(company, language),
        "trouble": trouble,
        "groups": groups,
        "looked_up_at": request.at,
        **_back(),
    }
    return render(request, "public/result.html", facts)


def _headline(name: str, groups: fitting.Groups) -> str:
    fits = len(groups.likely) + len(groups.open_questions)
    if not groups.total:
        return _("Ingen ordninger er åpne for %(name)s nå") % {"name": name}
    if not fits:
        return _("Ingen åpne ordninger passer for %(name)s nå") % {"name": name}
    text = ngettext(
        "%(name)s kan trolig få støtte fra %(fits)s av %(total)s ordning",
        "%(name)s kan trolig få støtte fra %(fits)s av %(total)s ordninger",
        groups.total,
    )
    return text % {"name": name, "fits": fits, "total": groups.total}


def _back() -> dict[str, str]:
    return {"back_url": "/", "back_text": _("Til forsiden")}
