"""Everything the applicant's page about a case needs, in one place and a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import date_text, next_working_day
from runde.foundation.documents.api import Attachment, Version, list_documents
from runde.foundation.forms.api import Stage as Asked
from runde.foundation.notices.api import list_notices
from runde.foundation.people.api import Actor, authorise, may
from runde.grants.applications.api import list_stage_answers

from ..domain.appeal_period import AppealPeriod
from ..domain.clock import Expected
from ..domain.stages import Known, NextActor, Stage, next_actor, stage_of
from ..domain.words import as_language, in_language, words
from ..models import Acceptance, Appeal, Case, Decision, DecisionReading, InformationRequest, Message
from ..money_shown import MoneyState, money_of
from .appealing import period_from
from .expecting import expected_with, pause_of


@dataclass(frozen=True, slots=True)
class Task:
    """What the reader must do. `sentence` is the very one the mail says; `purpose` is that of its signed link."""

    purpose: str
    subject_id: UUID
    sentence: str
    due_date: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ShownMessage:
    message: Message
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """The newest decision. Until it is read where reading is demanded, `outcome` and what follows it are empty.

    `letter` is None until it is written, and until reading is confirmed.
    """

    id: UUID
    decided_at: datetime
    is_read: bool
    outcome: str
    amount_nok: Decimal | None
    conditions: tuple[str, ...]
    letter: Version | None
    accept_by_date: date | None
    report_days: int | None
    acceptance: Acceptance | None
    appeal_period: AppealPeriod


@dataclass(frozen=True, slots=True)
class ShownAppeal:
    appeal: Appeal
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """The report that is due; `sent_at` when it has come."""

    due_date: date
    sent_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """A case as its applicant may see it at one moment.

    `may_write` is for messages and answers, `may_commit` for what binds the company. `expected` is None after the
    decision. `requests` are the open ones; `messages` all that are sent, oldest first; `draft` the reader's own.
    """

    case_id: UUID
    case_number: str
    stage: Stage
    next_actor: NextActor
    tasks: tuple[Task, ...]
    expected: Expected | None
    requests: tuple[InformationRequest, ...]
    messages: tuple[ShownMessage, ...]
    unread: int
    draft: Message | None
    decision: ShownDecision | None
    appeals: tuple[ShownAppeal, ...]
    report: ShownReport | None
    money: MoneyState | None
    may_write: bool
    may_commit: bool


def applicant_view(case: Case, actor: Actor, at: datetime) -> ApplicantView:
    """What the applicant's side sees. At most sixteen statements. Raises NotAllowed.

    `case` comes with its application, call and scheme version at hand (`get_case` of this room).
    """
    authorise(actor, "casework.follow", case)
    today, language = timezone.localdate(at), as_language(case.application.language)
    requests = list(case.requests.order_by("asked_at", "id"))
    spoken = list(case.messages.order_by("sent_at", "id"))
    decision = _newest(case)
    shown, acceptance = _decision(case, decision, language)
    appeals = list(Appeal.objects.filter(decision__case=case).order_by("sent_at", "id"))
    files = _files([*spoken, *appeals])
    money = money_of(case.id, at) if shown and shown.outcome == "granted" else None
    report = _report(case, shown, money, today)
    open_requests = tuple(one for one in requests if one.is_open) if decision is None else ()
    undecided = case.state in (Case.State.OPEN, Case.State.PROPOSED) and decision is None
    stage = stage_of(
        Known(
            case_state=case.state,
            has_open_request=bool(open_requests),
            outcome=decision.outcome if decision else "",
            is_shown=bool(shown and shown.outcome),
            needs_acceptance=bool(decision and decision.accept_by_date),
            answer=acceptance.answer if acceptance else "",
            money=money.state if money else "",
        )
    )
    sent = [one for one in spoken if one.sent_at]
    return ApplicantView(
        case_id=case.id,
        case_number=case.number,
        stage=stage,
        next_actor=next_actor(stage),
        tasks=tuple(_tasks(stage, open_requests, shown, report, language, today)),
        expected=expected_with(case, [pause_of(one) for one in requests], at) if undecided else None,
        requests=open_requests,
        messages=tuple(ShownMessage(one, files.get(one.id, ())) for one in sent),
        unread=sum(not one.from_applicant and one.read_at is None for one in sent),
        draft=next((one for one in spoken if _is_mine(one, actor)), None),
        decision=shown,
        appeals=tuple(
            ShownAppeal(one, files.get(one.id, ()))
            for one in appeals
            if one.sent_at or one.written_by == actor.person_id
        ),
        report=report,
        money=money,
        may_write=True,
        may_commit=may(actor, "casework.commit", case),
    )


def _is_mine(message: Message, actor: Actor) -> bool:
    return message.sent_at is None and message.from_applicant and message.written_by == actor.person_id


def _newest(case: Case) -> Decision | None:
    return case.decisions.order_by("-number").select_related("reading", "acceptance").first()


def _decision(
    case: Case, decision: Decision | None, language: str
) -> tuple[ShownDecision | None, Acceptance | None]:
    if decision is None:
        return None, None
    reading: DecisionReading | None = getattr(decision, "reading", None)
    acceptance: Acceptance | None = getattr(decision, "acceptance", None)
    letters = [one for one in list_documents("case", case.id) if one.document.key.endswith(str(decision.id))]
    letter = letters[0] if letters else None
    is_shown = reading is not None or not demands_reading(decision)
    conditions = decision.snapshot["scheme"]["texts"].get("conditions", [])
    granted = is_shown and decision.outcome == "granted"
    shown = ShownDecision(
        id=decision.id,
        decided_at=decision.decided_at,
        is_read=reading is not None,
        outcome=decision.outcome if is_shown else "",
        amount_nok=decision.amount_nok if is_shown else None,
        conditions=tuple(in_language(one, language) for one in conditions) if granted else (),
        letter=letter if is_shown else None,
        accept_by_date=decision.accept_by_date if granted else None,
        report_days=decision.report_days if granted else None,
        acceptance=acceptance,
        appeal_period=period_from(decision, letter, list_notices("case", case.id), reading),
    )
    return shown, acceptance


def demands_reading(decision: Decision) -> bool:
    """Whether what was decided is shown only to who has confirmed that they read it. The scheme may say no."""
    basis = decision.snapshot["scheme"]["legal_basis"]
    return bool(basis.get("confirm_reading", True))


def _files(things: list[Message | Appeal]) -> dict[UUID, tuple[Attachment, ...]]:
    found: dict[UUID, tuple[Attachment, ...]] = {}
    rows = Attachment.objects.filter(
        subject_kind__in=("message", "appeal"), subject_id__in=[one.id for one in things]
    )
    for one in rows.order_by("made_at", "id"):
        found[one.subject_id] = (*found.get(one.subject_id, ()), one)
    return found


def _report(
    case: Case, shown: ShownDecision | None, money: MoneyState | None, today: date
) -> ShownReport | None:
    """Due from the day the money was sent; nothing is due before."""
    if shown is None or shown.report_days is None or money is None or money.sent_at is None:
        return None
    paid = timezone.localdate(money.sent_at)
    due = next_working_day(paid + timedelta(days=shown.report_days))
    answered = [one for one in list_stage_answers(case.application) if one.stage == Asked.REPORT]
    sent = answered[0].submitted_at if answered else None
    return ShownReport(due, sent, sent is None and today > due)


def _tasks(
    stage: Stage,
    requests: tuple[InformationRequest, ...],
    shown: ShownDecision | None,
    report: ShownReport | None,
    language: str,
    today: date,
) -> list[Task]:
    lang = as_language(language)
    tasks = [
        _task(
            "answer_request",
            one.id,
            "request",
            one.due_date,
            language,
            today,
            day=date_text(one.due_date, lang),
        )
        for one in requests
    ]
    if shown and stage == Stage.ANSWERED:
        tasks.append(_task("read_decision", shown.id, "decision", None, language, today))
    if shown and stage == Stage.TO_ACCEPT and shown.accept_by_date:
        day = date_text(shown.accept_by_date, lang)
        tasks.append(
            _task("accept_award", shown.id, "accept", shown.accept_by_date, language, today, day=day)
        )
    if shown and report and report.sent_at is None:
        day = date_text(report.due_date, lang)
        tasks.append(_task("report", shown.id, "report", report.due_date, language, today, day=day))
    return tasks


def _task(
    purpose: str, subject_id: UUID, sentence: str, due: date | None, language: str, today: date, **slots: str
) -> Task:
    return Task(
        purpose,
        subject_id,
        words(f"told_{sentence}", language, **slots),
        due,
        due is not None and today > due,
    )
