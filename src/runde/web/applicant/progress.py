"""What has happened with an application, gathered from the rooms that know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from runde.engine.reference.api import amount_text, date_text, weekday_date_text
from runde.engine.rules import Verdict
from runde.foundation.documents.api import Version, list_documents
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import Actor
from runde.grants.applications.api import Application
from runde.grants.casework.api import (
    ApplicantView,
    Case,
    MoneyState,
    ShownDecision,
    Stage,
    ToldChange,
    applicant_views,
    cases_of,
)
from runde.web.applicant.situation import Story
from runde.web.components.facts import Fact
from runde.web.components.tags.norwegian import page_language

LETTER = "decision_letter"


def story_of(application: Application, tenant: Organisation, view: ApplicantView | None) -> Story:
    """Without a view the municipality has no case yet: all that is known is when it was sent."""
    if view is None:
        return sent_story(application, tenant)
    decision = view.decision
    return Story(
        tenant_name=tenant.name,
        stage=view.stage,
        submitted_at=application.submitted_at or application.saved_at,
        answer_by_date=application.call.answer_by_date,
        expected=view.expected,
        later=view.later,
        asked=tuple(one.due_date for one in view.requests),
        decided_at=decision.decided_at if decision else None,
        amount_nok=decision.amount_nok if decision else None,
        appeal_by_date=_appeal_by(decision),
        change=decision.change if decision else ToldChange(),
        accept_by_date=decision.accept_by_date if decision else None,
        accepted_at=decision.acceptance.answered_at if decision and decision.acceptance else None,
        report=view.report,
        money=view.money,
    )


def _appeal_by(decision: ShownDecision | None) -> date | None:
    """None when the appeal body has had the last word."""
    if decision is None or decision.appeal_period.is_final:
        return None
    return decision.appeal_period.last_date


def listed_stories(
    applications: Sequence[Application], tenant: Organisation, actor: Actor, at: datetime
) -> dict[UUID, Story]:
    """For a list, by application: the same words as on the case's own page. As many statements for many as for one."""
    by_id = {one.id: one for one in applications if one.state == Application.State.SUBMITTED}
    cases = cases_of(by_id)
    for application_id, case in cases.items():
        case.application = by_id[application_id]
    views = applicant_views(list(cases.values()), actor, at) if cases else {}
    return {
        one.id: story_of(one, tenant, views.get(cases[one.id].id) if one.id in cases else None)
        for one in applications
    }


def sent_story(application: Application, tenant: Organisation) -> Story:
    is_withdrawn = application.state == Application.State.WITHDRAWN
    return Story(
        tenant_name=tenant.name,
        stage=Stage.WITHDRAWN if is_withdrawn else Stage.RECEIVED,
        submitted_at=application.submitted_at or application.saved_at,
        answer_by_date=application.call.answer_by_date,
    )


def verdict_of(case: Case, decision: ShownDecision | None) -> Verdict | None:
    """The check the shown decision rests on, else the newest one. One statement."""
    checks = case.checks.order_by("-number")
    if decision and decision.outcome:
        checks = checks.filter(decision=decision.id)
    check = checks.first()
    return Verdict.from_dict(check.verdict) if check else None


def documents_of(case: Case | None, decision: ShownDecision | None) -> list[Version]:
    """The papers of the case. The letter of a decision that must be read first, is not among them before that.

    The receipt has a page of its own: it is made when somebody asks for it.
    """
    if case is None:
        return []
    unread = str(decision.id) if decision and not decision.outcome else ""
    return [one for one in list_documents("case", case.id) if not _is_letter_of(one, unread)]


def _is_letter_of(version: Version, decision_id: str) -> bool:
    document = version.document
    return bool(decision_id) and document.kind == LETTER and document.key.endswith(decision_id)


def may_withdraw(application: Application, view: ApplicantView | None) -> bool:
    return application.state == Application.State.SUBMITTED and (view is None or view.decision is None)


def money_facts(decision: ShownDecision | None, money: MoneyState | None) -> list[Fact]:
    """Granted, paid and left, with the account masked; nothing before a decision to pay is read, or for a grant that
    waits for money.
    """
    if decision is None or not decision.amount_nok or decision.change.is_conditional:
        return []
    language, granted = page_language(), decision.amount_nok
    earlier, sent = _earlier(money), money.amount_nok if money and money.state == "sent" else Decimal(0)
    decided = date_text(decision.decided_at.date(), language)
    rows = [
        Fact(
            _("Innvilget til sammen") if earlier else _("Innvilget"),
            amount_text(granted, language),
            source=_("Vedtak %(day)s") % {"day": decided},
        ),
        *([Fact(_("Sendt til utbetaling tidligere"), amount_text(earlier, language))] if earlier else []),
        Fact(
            _("Sendt til banken nå") if earlier else _("Sendt til banken"),
            amount_text(sent, language),
            source=_sent_day(money),
        ),
    ]
    left = granted - earlier - sent
    if left >= 0 and not (decision.acceptance and not decision.acceptance.is_accepted):
        rows.append(Fact(_("Gjenstår"), amount_text(left, language)))
    return rows + account_facts(money)


def _earlier(money: MoneyState | None) -> Decimal:
    """What older payments in the case carry: they stand in bank files, else the newest would have taken their place."""
    return money.earlier_nok if money else Decimal(0)


def _sent_day(money: MoneyState | None) -> str:
    if money is None or money.sent_at is None:
        return ""
    return date_text(money.sent_at.date(), page_language())


def account_facts(money: MoneyState | None) -> list[Fact]:
    """The account, and the new one while it waits."""
    if money is None or not money.account.masked:
        return []
    account = money.account
    rows = [Fact(_("Konto"), account.masked)]
    if account.change_id and account.effective_date:
        day = weekday_date_text(account.effective_date, page_language())
        rows.append(
            Fact(_("Nytt kontonummer"), account.new_masked, source=_("Gjelder fra %(day)s") % {"day": day})
        )
    return rows
