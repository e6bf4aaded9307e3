"""Where is the case: one page that a stranger understands in five seconds."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runde.engine.reference.api import mask_account
from runde.foundation.documents.api import Version, open_version
from runde.foundation.forms.api import Json, shown_answers
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Application, withdraw_application
from runde.web.applicant.access import own_application
from runde.web.applicant.files import as_file
from runde.web.applicant.papers import left_at, paper_of
from runde.web.applicant.progress import documents_of, may_withdraw, money_of, story_of, verdict_of
from runde.web.applicant.situation import situation, steps
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen
from runde.web.verdicts import criteria_of, sum_rows


@entrance(SIGNED_IN)
def show(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    tenant, language = request.tenant, page_language()
    if found.state == Application.State.DRAFT:
        return redirect(left_at(found, paper_of(found), tenant.slug, language))
    documents = documents_of(found)
    letter = next((one for one in documents if one.document.kind == "decision_letter"), None)
    story = story_of(found, tenant, letter_url=_document_url(tenant.slug, found, letter) if letter else "")
    now = situation(story, language, today=timezone.localdate(request.at))
    verdict = verdict_of(found)
    criteria = criteria_of(verdict, language) if verdict else []
    facts = {
        "h1": now.heading,
        "situation": now,
        "case_number": found.number,
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "scheme_name": chosen(found.scheme_version.texts, "name", language),
        "steps": steps(story, language),
        "money": money_of(found),
        "rows": sum_rows(verdict, language) if verdict and story.outcome != "refused" else [],
        "criteria": criteria,
        "why": [one for one in criteria if one.verdict == "unmet"] if story.outcome == "refused" else [],
        "documents": [(one, _document_url(tenant.slug, found, one)) for one in documents],
        "sections": shown_answers(found.scheme_version.form, masked(found), language),
        "may_withdraw": may_withdraw(found),
        "back_url": reverse("my_page"),
        "back_text": _("Alle søknadene dine"),
    }
    return render(request, "applicant/status.html", facts)


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
    if not may_withdraw(found):
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
    """The file itself; that it was opened is written in the journal."""
    found = own_application(application, request.actor)
    version = next((one for one in documents_of(found) if one.id == document), None)
    if version is None:
        raise NotFound("Vi finner ikke dokumentet.")
    return as_file(version, open_version(version, by=request.actor, at=request.at))


def _document_url(slug: str, found: Application, version: Version) -> str:
    return reverse("application_document", args=[slug, found.id, version.id])
