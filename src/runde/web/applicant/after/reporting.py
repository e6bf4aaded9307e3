"""The report, and what must be known before the money is paid: the form's own questions, sent once."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from runde.engine.reference.api import weekday_date_text
from runde.foundation.forms.api import Stage
from runde.foundation.people.api import Link
from runde.grants.casework.api import Decision
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.after.sheets import Sheet, receive, send, sheet_of
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, LinkedRequest, Request, entrance


@entrance(SIGNED_IN)
def report(request: Request, application: UUID) -> HttpResponse:
    return _report(open_errand(request, application))


def report_by_link(request: LinkedRequest, link: Link) -> HttpResponse:
    found = Decision.objects.select_related(
        "case__application__call", "case__application__scheme_version__form"
    ).get(id=link.subject_id)
    return _report(Errand(request, found.case, link))


@entrance(SIGNED_IN)
def before_payment(request: Request, application: UUID) -> HttpResponse:
    errand = open_errand(request, application)
    sheet = sheet_of(errand, Stage.PAYMENT)
    if not sheet.has_questions or (sheet.stored and sheet.stored.submitted_at):
        return errand.elsewhere(_("Vi trenger ikke flere svar før utbetalingen."))
    heading = _("Svar på dette før vi betaler")
    return _sent(errand, sheet, heading, _("Svarene er sendt."), _("Send svar"))


def _report(errand: Errand) -> HttpResponse:
    due = errand.view.report
    if due is None:
        return errand.elsewhere(_("Det er ikke bedt om noen rapport i denne saken."))
    if due.sent_at:
        return errand.elsewhere(_("Rapporten er sendt."))
    day = weekday_date_text(due.due_date, page_language())
    heading = _("Send rapporten så snart du kan") if due.is_overdue else _("Send rapporten innen %(day)s")
    words = _("Rapporten er sendt. Takk.")
    return _sent(errand, sheet_of(errand, Stage.REPORT), heading % {"day": day}, words, _("Send rapporten"))


def _sent(errand: Errand, sheet: Sheet, heading: str, words: str, button: str) -> HttpResponse:
    if errand.request.method == "POST":
        sheet = receive(errand, sheet)
        if sheet.answer:
            return sheet.answer
        if sheet.is_right and (sheet := send(errand, sheet)).is_right:
            return errand.done(words)
    return errand.page(
        "applicant/after/sheet.html",
        heading,
        send_words=button,
        may_commit=errand.view.may_commit,
        has_questions=sheet.has_questions,
        messages_url="" if errand.link else errand.address("messages"),
        **sheet.facts(errand),
    )
