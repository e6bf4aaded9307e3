"""The decision: opened by a press that is written down, then shown with its letter and what one may do."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import amount_text, weekday_date_text
from runde.foundation.documents.api import open_version
from runde.foundation.people.api import Link
from runde.foundation.trust.api import Conflict
from runde.grants.casework.api import Decision, ShownDecision, confirm_reading
from runde.web.applicant.after.errand import Errand, open_errand
from runde.web.applicant.files import as_file
from runde.web.components.facts import Fact
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import SIGNED_IN, LinkedRequest, Request, entrance

LETTER = "brev"


@entrance(SIGNED_IN)
def read(request: Request, application: UUID, decision: UUID) -> HttpResponse:
    return _read(open_errand(request, application), decision)


def read_by_link(request: LinkedRequest, link: Link) -> HttpResponse:
    found = Decision.objects.select_related(
        "case__application__call", "case__application__scheme_version__form"
    ).get(id=link.subject_id)
    errand = Errand(request, found.case, link)
    if request.link_step == LETTER and request.method == "POST":
        return _letter(errand, found.id)
    return _read(errand, found.id)


def standing(errand: Errand, decision_id: UUID) -> ShownDecision:
    """The decision in force. Raises Conflict for another one."""
    found = errand.view.decision
    if found is None or found.id != decision_id:
        raise Conflict("Dette vedtaket gjelder ikke nå. Åpne saken og les det som gjelder.")
    return found


def _read(errand: Errand, decision_id: UUID) -> HttpResponse:
    found = standing(errand, decision_id)
    if not found.outcome or (errand.request.method == "POST" and not found.is_read):
        return read_first(errand, found)
    return _shown(errand, found)


def read_first(errand: Errand, found: ShownDecision) -> HttpResponse:
    """The page before the decision; its button says that it is read, and leads back to where one was going."""
    request = errand.request
    if request.method == "POST":
        confirm_reading(decision_id=found.id, by=request.actor, at=request.at)
        return redirect(request.path)
    return _unread(errand, found)


def _unread(errand: Errand, found: ShownDecision) -> HttpResponse:
    day = weekday_date_text(found.decided_at.date(), page_language())
    return errand.page(
        "applicant/after/unread.html",
        _("Svaret på søknaden er klart"),
        decided=day,
        period_began=found.appeal_period.start_date is not None,
        is_final=found.appeal_period.is_final,
        last_day=weekday_date_text(found.appeal_period.last_date, page_language()),
    )


def _shown(errand: Errand, found: ShownDecision) -> HttpResponse:
    amount = amount_text(found.amount_nok, page_language()) if found.amount_nok else ""
    to_accept = any(one.purpose == "accept_award" for one in errand.view.tasks)
    return errand.page(
        "applicant/after/decision.html",
        _heading(found, amount),
        decision=found,
        facts=_facts(found),
        letter_url=_letter_url(errand, found),
        accept_url=errand.address("accept_award", found.id) if to_accept else "",
        appeal_url="" if found.appeal_period.is_final else errand.address("appeal"),
        case_url=errand.case_url,
    )


def _heading(found: ShownDecision, amount: str) -> str:
    if found.outcome != "granted":
        return _("Dere får ikke tilskudd")
    words = _("Dere kan få %(amount)s") if found.change.is_conditional else _("Dere får %(amount)s")
    return words % {"amount": amount}


def _facts(found: ShownDecision) -> list[Fact]:
    language = page_language()
    rows = [Fact(_("Vedtaket er fattet"), weekday_date_text(found.decided_at.date(), language))]
    if found.accept_by_date:
        rows.append(Fact(_("Godta vilkårene innen"), weekday_date_text(found.accept_by_date, language)))
    if found.report_days:
        rows.append(Fact(_("Rapport"), report_words(found.report_days)))
    return [*rows, _appeal_fact(found)]


def _appeal_fact(found: ShownDecision) -> Fact:
    """The last day to appeal, or whose word the case ended with."""
    if not found.appeal_period.is_final:
        last_day = weekday_date_text(found.appeal_period.last_date, page_language())
        return Fact(_("Siste dag å klage"), last_day)
    where = found.change.body_reference
    source = _("Sak %(number)s hos klageinstansen") % {"number": where} if where else ""
    return Fact(_("Klage"), _("Avgjort av klageinstansen. Vedtaket er endelig."), source=source)


def report_words(days: int) -> str:
    words = ngettext("%(days)s dag etter utbetalingen", "%(days)s dager etter utbetalingen", days)
    return _("Innen %(when)s") % {"when": words % {"days": days}}


def _letter_url(errand: Errand, found: ShownDecision) -> str:
    if found.letter is None:
        return ""
    return errand.step("application_document", LETTER, found.letter.id)


def _letter(errand: Errand, decision_id: UUID) -> HttpResponse:
    """The file itself, by a press: that it was opened is written in the journal, and a look writes nothing."""
    found = standing(errand, decision_id)
    if found.letter is None:
        raise Http404
    request = errand.request
    return as_file(found.letter, open_version(found.letter, by=request.actor, at=request.at))
