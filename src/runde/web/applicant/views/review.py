"""Look over and send: every answer, what is missing, the statements, and what happens then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.foundation.companies.api import find_company
from runde.foundation.forms.api import Stage, read_answers, shown_answers, written_answers
from runde.foundation.trust.api import new_id
from runde.grants.applications.api import Application, save_answers, submit_application
from runde.grants.schemes.api import call_phase
from runde.web.applicant.access import own_application
from runde.web.applicant.live_check import live_check
from runde.web.applicant.questions import Page, declarations_of, fields_of, posted
from runde.web.applicant.revisions import expected_revision
from runde.web.components.facts import Answer
from runde.web.components.fields import ErrorLine
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.public.companies import facts_rows, source_line
from runde.web.texts import chosen

LONGEST_KEY = 80


@entrance(SIGNED_IN)
def review(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state != Application.State.DRAFT:
        return redirect("receipt", request.tenant.slug, found.id)
    if request.method == "POST":
        return _send(request, found)
    return _page(request, found, key=str(new_id()), errors={})


def _send(request: Request, found: Application) -> HttpResponse:
    form, statements = found.scheme_version.form, declarations_of(found.scheme_version.form)
    key = request.POST.get("key", "")[:LONGEST_KEY] or str(new_id())
    if expected_revision(request, found) != found.revision:
        messages.warning(
            request, _("Noen andre har endret søknaden etter at du åpnet siden. Se over på nytt.")
        )
        return _page(request, found, key=key, errors={}, status=409)
    slugs = {one.slug for one in statements}
    kept = {slug: raw for slug, raw in written_answers(form, found.answers).items() if slug not in slugs}
    ticked = posted(request.POST, statements)
    reading = read_answers(form, {**kept, **ticked}, require=Stage.SUBMIT, language=page_language())
    if reading.errors:
        return _page(request, found, key=key, errors=reading.errors, ticked=ticked, status=422)
    saved = save_answers(
        application=found,
        raw=ticked,
        asked=slugs,
        expected_revision=found.revision,
        by=request.actor,
        at=request.at,
    ).application
    submit_application(
        application=saved, key=key, expected_revision=saved.revision, by=request.actor, at=request.at
    )
    return redirect("receipt", request.tenant.slug, found.id)


def _page(
    request: Request,
    found: Application,
    *,
    key: str,
    errors: dict[str, str],
    ticked: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    form, language = found.scheme_version.form, page_language()
    statements = fields_of(declarations_of(form), language, ticked or {}, errors)
    cards = _cards(request, found, errors)
    missing = [line for card in cards for line in card["missing"]]
    pages = Page(form, "").pages
    company = find_company(found.organisation_number)
    facts = {
        "h1": _("Se over og send inn"),
        "step": _("Del %(place)s av %(total)s") % {"place": len(pages) + 1, "total": len(pages) + 1},
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "scheme_name": chosen(found.scheme_version.texts, "name", language),
        "cards": cards,
        "register": facts_rows(company, language) if company else [],
        "register_source": source_line(company, language) if company else "",
        "statements": statements,
        "errors": [*missing, *statements] if errors else [],
        "has_errors": bool(errors),
        "check": live_check(found, at=request.at),
        "key": key,
        "is_open": call_phase(found.call, request.at) == "open",
        "answer_by": weekday_date_text(found.call.answer_by_date, language),
        "back_url": reverse("fill", args=[request.tenant.slug, found.id, pages[-1].slug]),
        "back_text": _("Forrige steg"),
    }
    return render(request, "applicant/review.html", facts, status=status)


def _cards(request: Request, found: Application, errors: dict[str, str]) -> list[dict[str, Any]]:
    """One card for each part; each answer with the way to change it."""
    form = found.scheme_version.form
    shown = {section.slug: section for section in shown_answers(form, found.answers, page_language())}
    cards = []
    for page in Page(form, "").pages:
        url = reverse("fill", args=[request.tenant.slug, found.id, page.slug]) + "?fra=oversikt"
        answers = shown[page.slug].answers
        cards.append(
            {
                "title": shown[page.slug].title,
                "url": url,
                "answers": [Answer(one.label, one.text if one.is_answered else "") for one in answers],
                "missing": [
                    ErrorLine(errors[one.slug], f"part-{page.slug}") for one in answers if one.slug in errors
                ],
                "id": f"part-{page.slug}",
            }
        )
    return cards
