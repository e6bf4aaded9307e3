"""Look over and send: what is missing, every answer, what becomes public, the statements, and what happens then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.foundation.forms.api import Raw, chosen, shown_answers
from runde.foundation.people.api import may
from runde.foundation.trust.api import new_id
from runde.grants.applications.api import Application, find_missing, save_answers, submit_application
from runde.grants.schemes.api import Phase, call_phase
from runde.web.applicant.access import own_application, with_register
from runde.web.applicant.facts_told import register_facts_shown
from runde.web.applicant.handed_in import handed_in
from runde.web.applicant.live_check import live_check
from runde.web.applicant.notices import notices_of
from runde.web.applicant.paper import Paper, Part
from runde.web.applicant.papers import paper_of
from runde.web.applicant.questions import fields_of
from runde.web.components.facts import Answer
from runde.web.components.fields import ErrorLine, Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen as chosen_text

LONGEST_KEY = 80
SENDABLE = (Phase.OPEN, Phase.GRACE)


@entrance(SIGNED_IN)
def review(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state != Application.State.DRAFT:
        return redirect("receipt", request.tenant.slug, found.id)
    if request.method == "POST":
        return _send(request, found)
    return _page(request, with_register(request, found, always=True), key=str(new_id()))


def _send(request: Request, found: Application) -> HttpResponse:
    key = request.POST.get("key", "")[:LONGEST_KEY] or str(new_id())
    given = handed_in(request.POST, statements_part(paper_of(found)))
    if request.POST.get("go") == "stay":  # Enter in a field: nobody sends an application by it
        return _page(request, found, key=key, ticked=given.raw)
    if given.revision != found.revision:
        messages.warning(
            request, _("Noen andre har endret søknaden etter at du åpnet siden. Se over på nytt.")
        )
        return _page(request, found, key=key, ticked=given.raw, status=409)
    saved = save_answers(
        application=found,
        raw=given.raw,
        asked=set(given.raw),
        expected_revision=found.revision,
        by=request.actor,
        at=request.at,
    ).application
    if find_missing(saved) or call_phase(saved.call, request.at) not in SENDABLE:
        return _page(request, saved, key=key, ticked=given.raw, is_tried=True)
    submit_application(
        application=saved, key=key, expected_revision=saved.revision, by=request.actor, at=request.at
    )
    return redirect("receipt", request.tenant.slug, found.id)


def statements_part(paper: Paper) -> Part:
    """The statements as one part, ticked on the page where one sends."""
    statements = tuple(one for one in paper.statements if one.slug not in paper.hidden)
    return Part("statements", {}, {}, statements, statements)


def _page(
    request: Request,
    found: Application,
    *,
    key: str,
    ticked: Mapping[str, Raw] | None = None,
    is_tried: bool = False,
    status: int = 200,
) -> HttpResponse:
    language, tenant = page_language(), request.tenant.slug
    paper = paper_of(found)
    missing = find_missing(found)
    asked = statements_part(paper).questions
    wrong = missing if is_tried else {}
    statements = fields_of(asked, language, ticked or {}, wrong)
    cards = _cards(found, paper, missing, tenant)
    lacking = [line for card in cards for line in card["missing"]]
    facts = {
        "h1": _("Se over og send inn"),
        "step": _("Del %(place)s av %(total)s") % {"place": paper.steps, "total": paper.steps},
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "scheme_name": chosen_text(found.scheme_version.texts, "name", language),
        "notices": notices_of(found, paper, tenant, at=request.at, language=language),
        "lacking": [] if is_tried else lacking,
        "cards": cards,
        "register": register_facts_shown(found, language),
        "facts_url": reverse("register_facts", args=[tenant, found.id]),
        "statements": statements,
        "errors": _errors(lacking, statements) if is_tried else [],
        "has_errors": is_tried and bool(missing),
        "private": [
            chosen(one.label, language) for part in paper.parts for one in part.shown if one.personal
        ],
        "check": live_check(found, at=request.at),
        "key": key,
        "revision": found.revision,
        "is_open": call_phase(found.call, request.at) in SENDABLE,
        "may_send": may(request.actor, "applications.submit", found),
        "participants_url": reverse("participants", args=[tenant, found.id]),
        "answer_by": weekday_date_text(found.call.answer_by_date, language),
        **_way_back(found, paper, tenant),
    }
    return render(request, "applicant/review.html", facts, status=422 if is_tried else status)


def _errors(lacking: list[ErrorLine], statements: list[Field]) -> list[ErrorLine | Field]:
    return [*lacking, *statements]


def _way_back(found: Application, paper: Paper, tenant: str) -> dict[str, str]:
    if not paper.is_short:
        return {"back_url": reverse("tasks", args=[tenant, found.id]), "back_text": _("Alle delene")}
    last = paper.parts[-1].slug
    return {"back_url": reverse("fill", args=[tenant, found.id, last]), "back_text": _("Forrige steg")}


def _cards(found: Application, paper: Paper, missing: Mapping[str, str], tenant: str) -> list[dict[str, Any]]:
    """One card for each part; each answer with the way to change it."""
    shown = {
        section.slug: section
        for section in shown_answers(paper.form, found.answers, page_language(), known=paper.known)
    }
    return [
        _card(found, part, shown[part.slug], missing, tenant) for part in paper.parts if part.slug in shown
    ]


def _card(
    found: Application, part: Part, shown: Any, missing: Mapping[str, str], tenant: str
) -> dict[str, Any]:
    url = reverse("fill", args=[tenant, found.id, part.slug]) + "?fra=oversikt"
    asked = set(part.shown_slugs)
    answers = [one for one in shown.answers if one.slug in asked]
    return {
        "title": shown.title,
        "url": url,
        "answers": [Answer(one.label, one.text if one.is_answered else "") for one in answers],
        "missing": [
            ErrorLine(missing[one.slug], f"part-{part.slug}") for one in answers if one.slug in missing
        ],
        "ways": [(missing[one.slug], f"{url}#q-{one.slug}") for one in answers if one.slug in missing],
        "id": f"part-{part.slug}",
    }
