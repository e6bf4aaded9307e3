"""What has happened with an application, gathered from the rooms that know."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from runde.engine.reference.api import amount_text, date_text, mask_account
from runde.engine.rules import Verdict
from runde.foundation.documents.api import Version, list_documents
from runde.foundation.organisations.api import Organisation
from runde.grants.applications.api import Application
from runde.grants.payments.api import PaymentSituation, payment_situations
from runde.web.applicant.situation import Story
from runde.web.components.facts import Fact
from runde.web.components.tags.norwegian import page_language

SEALED, SENT = "sealed", "sent"


def story_of(application: Application, tenant: Organisation, *, letter_url: str = "") -> Story:
    case, decision = case_of(application), decision_of(application)
    payment = payment_of(application)
    withdrawn = application.state == Application.State.WITHDRAWN
    return Story(
        tenant_name=tenant.name,
        answer_by_date=application.call.answer_by_date,
        submitted_at=application.submitted_at or application.saved_at,
        is_withdrawn=withdrawn,
        is_proposed=case is not None and case.state == "proposed",
        decided_at=decision.decided_at if decision else None,
        outcome=decision.outcome if decision else None,
        amount_nok=decision.amount_nok if decision else None,
        appeal_by_date=decision.appeal_by_date if decision else None,
        planned_date=payment.execution_date if payment else None,
        is_in_bank_file=payment is not None and payment.state == SEALED,
        sent_to_bank_at=payment.sent_at if payment else None,
        letter_url=letter_url,
    )


def case_of(application: Application) -> Any:
    """The municipality's case on the application, None before it is opened."""
    return getattr(application, "case", None)


def decision_of(application: Application) -> Any:
    """The decision that stands: the newest."""
    case = case_of(application)
    return case.decisions.order_by("-number").first() if case else None


def payment_of(application: Application) -> PaymentSituation | None:
    case = case_of(application)
    return payment_situations([case.id]).get(case.id) if case else None


def verdict_of(application: Application) -> Verdict | None:
    """The check a decision rests on, else the newest one."""
    case, decision = case_of(application), decision_of(application)
    if case is None:
        return None
    check = decision.check_run if decision else case.checks.order_by("-number").first()
    return Verdict.from_dict(check.verdict) if check else None


def documents_of(application: Application) -> list[Version]:
    """The letters of the case. The receipt has a page of its own: it is made when somebody asks for it."""
    case = case_of(application)
    return list_documents("case", case.id) if case else []


def may_withdraw(application: Application) -> bool:
    return application.state == Application.State.SUBMITTED and decision_of(application) is None


def money_of(application: Application) -> list[Fact]:
    """Granted, paid and left, with the account masked; nothing before a decision to pay."""
    decision, payment = decision_of(application), payment_of(application)
    if decision is None or not decision.amount_nok:
        return []
    language = page_language()
    paid = payment.amount_nok if payment and payment.state == SENT else Decimal(0)
    granted_day = date_text(decision.decided_at.date(), language)
    rows = [
        Fact(
            _("Innvilget"),
            amount_text(decision.amount_nok, language),
            source=_("Vedtak %(day)s") % {"day": granted_day},
        ),
        Fact(_("Sendt til banken"), amount_text(paid, language)),
        Fact(_("Gjenstår"), amount_text(decision.amount_nok - paid, language)),
    ]
    if payment:
        rows.append(Fact(_("Konto"), mask_account(payment.account_number), source=_("Fra søknaden")))
    return rows
