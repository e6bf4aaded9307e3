"""The receipt: that it is sent, when the answer comes, and what happens now."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.foundation.documents.api import open_version
from runde.foundation.forms.api import shown_answers
from runde.grants.applications.api import Application, get_receipt
from runde.web.applicant.access import own_application
from runde.web.applicant.files import as_file
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, Request, entrance
from runde.web.texts import chosen


@entrance(SIGNED_IN)
def show(request: Request, application: UUID) -> HttpResponse:
    found = own_application(application, request.actor)
    if found.state != Application.State.SUBMITTED:
        return redirect("application", request.tenant.slug, found.id)
    language = page_language()
    facts = {
        "h1": _("Søknaden er sendt"),
        "case_number": found.number,
        "application": found,
        "acting_for": found.company_name,
        "switch_url": reverse("my_page"),
        "email": request.user.email,
        "scheme_name": chosen(found.scheme_version.texts, "name", language),
        "answer_by": weekday_date_text(found.call.answer_by_date, language),
        "sections": shown_answers(found.scheme_version.form, found.answers, language),
    }
    return render(request, "applicant/receipt.html", facts)


@entrance(SIGNED_IN)
def download(request: Request, application: UUID) -> HttpResponse:
    """The receipt as PDF, made the first time somebody asks for it."""
    found = own_application(application, request.actor)
    version = get_receipt(application=found, by=request.actor, at=request.at)
    return as_file(version, open_version(version, by=request.actor, at=request.at))
