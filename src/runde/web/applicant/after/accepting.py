"""Yes or no to a grant with its conditions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from runde.engine.reference.api import amount_text, weekday_date_text
from runde.foundation.forms.api import Stage
from runde.foundation.people.api import Link
from runde.grants.casework.api import Decision, ShownDecision, accept_grant, decline_grant
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.after.reading import read_first, report_words, standing
from runde.web.applicant.after.sheets import Sheet, receive, send, sheet_of
from runde.web.applicant.progress import account_facts
from runde.web.components.facts import Fact
from runde.web.components.fields import Field
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, LinkedRequest, Request, entrance

NO = "takk-nei"


@entrance(SIGNED_IN)
def accept(request: Request, application: UUID, decision: UUID) -> HttpResponse:
    return _accept(open_errand(request, application), decision)


@entrance(SIGNED_IN)
def decline(request: Request, application: UUID, decision: UUID) -> HttpResponse:
    return _decline(open_errand(request, application), decision)


def accept_by_link(request: LinkedRequest, link: Link) -> HttpResponse:
    found = Decision.objects.select_related(
        "case__application__call", "case__application__scheme_version__form"
    ).get(id=link.subject_id)
    errand = Errand(request, found.case, link)
    return _decline(errand, found.id) if request.link_step == NO else _accept(errand, found.id)


def _accept(errand: Errand, decision_id: UUID) -> HttpResponse:
    found = standing(errand, decision_id)
    if not found.outcome:
        return read_first(errand, found)
    if not _is_waiting(found):
        return errand.elsewhere(_("Tilskuddet venter ikke på svar fra dere."))
    sheet = sheet_of(errand, Stage.ACCEPTANCE)
    if errand.request.method != "POST":
        return _page(errand, found, sheet)
    if sheet.has_questions:
        sheet = receive(errand, sheet)
        if sheet.answer:
            return sheet.answer
        if not sheet.is_right or not (sheet := send(errand, sheet)).is_right:
            return _page(errand, found, sheet)
    errand.recheck()
    accept_grant(decision_id=found.id, by=errand.request.actor, at=errand.request.at)
    return errand.done(_("Dere har godtatt vilkårene. Nå gjør vi utbetalingen klar."))


def _decline(errand: Errand, decision_id: UUID) -> HttpResponse:
    found = standing(errand, decision_id)
    if not found.outcome:
        return read_first(errand, found)
    if not _is_waiting(found):
        return errand.elsewhere(_("Tilskuddet venter ikke på svar fra dere."))
    request = errand.request
    if request.method == "POST":
        errand.recheck()
        decline_grant(
            decision_id=found.id, reason=str(request.POST.get("reason", "")), by=request.actor, at=request.at
        )
        return errand.done(_("Dere har takket nei til tilskuddet."))
    amount = amount_text(found.amount_nok, page_language()) if found.amount_nok else ""
    return errand.page(
        "applicant/after/decline.html",
        _("Vil dere takke nei til %(amount)s?") % {"amount": amount},
        reason=Field("reason", _("Hvorfor takker dere nei?"), kind="textarea", optional=True, rows=3),
        may_commit=errand.view.may_commit,
        amount=amount,
        back_url=errand.task("accept_award", found.id),
        back_text=_("Vilkårene"),
    )


def _is_waiting(found: ShownDecision) -> bool:
    """Whether the grant must be answered, and is not."""
    return found.acceptance is None and found.accept_by_date is not None


def _page(errand: Errand, found: ShownDecision, sheet: Sheet) -> HttpResponse:
    language = page_language()
    amount = amount_text(found.amount_nok, language) if found.amount_nok else ""
    return errand.page(
        "applicant/after/accept.html",
        _("Godta vilkårene for %(amount)s") % {"amount": amount},
        decision=found,
        amount=amount,
        facts=_facts(errand, found, amount),
        decline_url=errand.step("decline_award", NO, found.id),
        may_commit=errand.view.may_commit,
        **sheet.facts(errand),
    )


def _facts(errand: Errand, found: ShownDecision, amount: str) -> list[Fact]:
    language = page_language()
    rows = [Fact(_("Beløp"), amount), *account_facts(errand.view.money)]
    if found.accept_by_date:
        rows.append(Fact(_("Svar innen"), weekday_date_text(found.accept_by_date, language)))
    if found.report_days:
        rows.append(Fact(_("Rapport"), report_words(found.report_days)))
    return rows
