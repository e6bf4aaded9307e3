"""Where is the case: one page that a stranger understands in five seconds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import mask_account
from runde.engine.rules import Verdict
from runde.foundation.documents.api import Version, open_version
from runde.foundation.forms.api import Json, Stage, questions_of, shown_answers
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Application, find_stage_answers, withdraw_application
from runde.grants.casework.api import Stage as Where
from runde.grants.casework.api import find_case_of
from runde.web.applicant.access import own_application
from runde.web.applicant.after.errand import Errand
from runde.web.applicant.after.talking import mark_read, message_box, talk_of
from runde.web.applicant.files import as_file
from runde.web.applicant.papers import left_at, paper_of
from runde.web.applicant.progress import documents_of, may_withdraw, money_facts, story_of, verdict_of
from runde.web.applicant.situation import appeal_words, situation
from runde.web.applicant.track import steps
from runde.web.applicant.ways import appeals_of, main_task, may_appeal, places_of, ways_of
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen
from runde.web.verdicts import criteria_of, sum_rows

NEWEST = 3
"""Messages shown on the page itself; the rest are behind a link."""
GRANTED = {Where.GRANTED, Where.PAYING}


@entrance(SIGNED_IN)
def show(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state == Application.State.DRAFT:
        return redirect(left_at(found, paper_of(found), request.tenant.slug, page_language()))
    errand = _errand(request, found)
    view = errand.view if errand else None
    language, today = page_language(), timezone.localdate(request.at)
    story = story_of(found, request.tenant, view)
    documents = documents_of(errand.case if errand else None, view.decision if view else None)
    now = situation(story, language, today=today)
    facts = {
        "h1": now.heading,
        "situation": now,
        "case_number": found.number,
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "scheme_name": chosen(found.scheme_version.texts, "name", language),
        "steps": steps(story, language, places_of(request, found, view), today=today),
        "documents": [(one, _document_url(request.tenant.slug, found, one)) for one in documents],
        "sections": shown_answers(found.scheme_version.form, masked(found), language),
        "appeal_words": appeal_words(story, language, today),
        "may_withdraw": may_withdraw(found, view),
        "may_appeal": bool(view and may_appeal(view)),
        "again_url": reverse("use_again", args=[request.tenant.slug, found.id]),
        "back_url": reverse("my_page"),
        "back_text": _("Alle søknadene dine"),
        **(_case_facts(errand) if errand else {}),
    }
    return render(request, "applicant/status.html", facts)


def _errand(request: Request, found: Application) -> Errand | None:
    """None before the municipality has made a case of it."""
    case = find_case_of(found.id)
    if case is None:
        return None
    case.application = found
    return Errand(request, case)


def _case_facts(errand: Errand) -> dict[str, Any]:
    """What there is to tell when there is a case: tasks, money, talk and how the rules came out."""
    view = errand.view
    talk = talk_of(errand)
    mark_read(errand)
    tasks = ways_of(errand, _asks_before_payment(errand))
    return {
        "task": main_task(tasks),
        "more_tasks": tasks[1:],
        "money": money_facts(view.decision, view.money),
        "may_change_account": bool(view.money and view.money.account.can_change and view.may_commit),
        "talk": talk[-NEWEST:],
        "earlier": len(talk) - NEWEST,
        "box": message_box(errand),
        "appeals": appeals_of(errand),
        **_verdict_facts(verdict_of(errand.case, view.decision), view.stage),
    }


def _verdict_facts(verdict: Verdict | None, where: Where) -> dict[str, Any]:
    if verdict is None or where == Where.ANSWERED:
        return {}
    criteria, refused = criteria_of(verdict, page_language()), where == Where.REFUSED
    return {
        "criteria": criteria,
        "rows": [] if refused else sum_rows(verdict, page_language()),
        "why": [one for one in criteria if one.verdict == "unmet"] if refused else [],
    }


def _asks_before_payment(errand: Errand) -> bool:
    """Whether the form asks for something before the money is paid, that is not sent."""
    application = errand.application
    decision = errand.view.decision
    if decision is None or decision.change.is_conditional:
        return False
    if errand.view.stage not in GRANTED or not questions_of(application.scheme_version.form, Stage.PAYMENT):
        return False
    stored = find_stage_answers(application, Stage.PAYMENT)
    return stored is None or stored.submitted_at is None


def masked(found: Application) -> dict[str, Json]:
    """The answers, the account number with only its ends."""
    account = found.answers.get("account_number")
    shown = dict(found.answers)
    if isinstance(account, str):
        shown["account_number"] = mask_account(account)
    return shown


@entrance(SIGNED_IN)
def take_back(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    errand = _errand(request, found)
    if not may_withdraw(found, errand.view if errand else None):
        return redirect("application", request.tenant.slug, found.id)
    if request.method == "POST":
        withdraw_application(application=found, by=request.actor, at=request.at)
        messages.success(request, _("Søknaden er trukket."))
        return redirect("application", request.tenant.slug, found.id)
    facts = {
        "h1": _("Vil du trekke søknaden?"),
        "case_number": found.number,
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "back_url": reverse("application", args=[request.tenant.slug, found.id]),
        "back_text": _("Behold søknaden"),
    }
    return render(request, "applicant/take_back.html", facts)


@entrance(SIGNED_IN)
def document(request: Request, application: UUID, document: UUID) -> HttpResponse:
    """The file itself; that it was opened is written in the journal. A decision's letter, when it is read."""
    found = own_application(application, request.actor)
    errand = _errand(request, found)
    papers = documents_of(errand.case, errand.view.decision) if errand else []
    version = next((one for one in papers if one.id == document), None)
    if version is None:
        raise NotFound("Vi finner ikke dokumentet.")
    return as_file(version, open_version(version, by=request.actor, at=request.at))


def _document_url(slug: str, found: Application, version: Version) -> str:
    return reverse("application_document", args=[slug, found.id, version.id])
