"""What one company may get: its facts, every open call, and questions that can be answered on the spot."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import date_text
from runde.foundation.companies.api import CompanyFacts, is_stale
from runde.grants.schemes.api import list_announcements
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import Request
from runde.web.public import companies, fitting
from runde.web.public.announcements import coming_cards

SHOWN_COMING = 3
MOST_UNMET_SHOWN = 4


def show_result(request: Request, company: CompanyFacts) -> HttpResponse:
    """Answers that cannot be read are explained above the same result, and kept as typed."""
    if company.is_deleted:
        return _deleted(request, company)
    language = page_language()
    posted = request.POST if request.method == "POST" else None
    announced = list_announcements(request.at)
    groups = fitting.fit(company, at=request.at, language=language, posted=posted, announced=announced)
    has_errors = any(one.error for one in groups.fields)
    facts = {
        "h1": _headline(company.name, groups),
        "company": company,
        "trouble": companies.trouble(company, language),
        "groups": groups,
        "is_long": len(groups.unmet) > MOST_UNMET_SHOWN and groups.total > len(groups.unmet),
        "is_answered": posted is not None and not has_errors,
        "errors": groups.fields if has_errors else [],
        "has_errors": has_errors,
        "coming": coming_cards(announced, at=request.at)[:SHOWN_COMING],
        **_about(request, company),
    }
    return render(request, "public/result.html", facts, status=422 if has_errors else 200)


def _about(request: Request, company: CompanyFacts) -> dict[str, Any]:
    language = page_language()
    day = date_text(company.as_of_date, language)
    return {
        "facts": companies.facts_rows(company, language),
        "in_short": companies.in_short(company),
        "source": companies.source_line(company, language),
        "snapshot_day": day,
        "stale_day": day if is_stale(company.as_of_date, request.at) else "",
        "looked_up_at": request.at,
        "back_url": "/",
        "back_text": _("Til forsiden"),
    }


def _deleted(request: Request, company: CompanyFacts) -> HttpResponse:
    """Nothing can be given to what is no longer there, whatever the rules say of its old facts."""
    facts = {
        "h1": _("%(name)s er slettet og kan ikke få støtte") % {"name": company.name},
        "trouble": companies.trouble(company, page_language()),
        **_about(request, company),
    }
    return render(request, "public/deleted.html", facts)


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
