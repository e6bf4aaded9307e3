"""What the applicant's pages show of their cases, in a fixed number of statements however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import date_text, next_working_day
from runde.foundation.documents.api import Attachment, Version
from runde.foundation.people.api import Actor, authorise, may
from runde.grants.applications.api import look_up_parts

from ..domain.appeal_period import AppealPeriod
from ..domain.clock import Expected
from ..domain.stages import Known, NextActor, Stage, next_actor, stage_of
from ..domain.words import as_language, in_language, words
from ..models import Acceptance, Appeal, Case, Decision, DecisionReading, InformationRequest, Message
from ..money_shown import MoneyState
from ..operations.write_letters import letter_key
from .appealing import period_from
from .applicant_facts import Gathered, gather_many
from .changes_told import UNCHANGED, ToldChange, change_told


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
    change: ToldChange


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
class Later:
    """What the applicant was last told of how long it takes. `why_later` puts code and words together in a language."""

    expected_date: date
    reason_code: str
    reason_text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """A case as its applicant may see it at one moment.

    `may_write` is for messages and answers, `may_commit` for what binds the company. `expected` and `later` are None
    after the decision. `requests` are the open ones; `messages` all that are sent, oldest first; `draft` is what the
    reader has begun.
    """

    case_id: UUID
    case_number: str
    stage: Stage
    next_actor: NextActor
    tasks: tuple[Task, ...]
    expected: Expected | None
    later: Later | None
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
    """What the applicant's side sees. A fixed number of statements. Raises NotAllowed.

    `case` comes with its application, call and scheme version at hand (`get_case` of this room).
    """
    authorise(actor, "casework.follow", case)
    [gathered] = gather_many([case], at)
    return _view(gathered, actor, timezone.localdate(at))


def applicant_views(cases: Sequence[Case], actor: Actor, at: datetime) -> dict[UUID, ApplicantView]:
    """The same of many cases, by case, in as many statements as of one; those the actor may not follow are not there.

    The cases come with application, call and scheme version at hand.
    """
    look_up_parts([case.application for case in cases], actor)
    theirs = [case for case in cases if may(actor, "casework.follow", case)]
    if not theirs:
        return {}
    today = timezone.localdate(at)
    return {one.case.id: _view(one, actor, today) for one in gather_many(theirs, at)}


def _view(gathered: Gathered, actor: Actor, today: date) -> ApplicantView:
    case, decision = gathered.case, gathered.decision
    language = as_language(case.application.language)
    shown = _decision(gathered, language) if decision else None
    money = gathered.money if shown and shown.outcome == "granted" else None
    report = _report(gathered, shown, money, today)
    open_requests = tuple(one for one in gathered.requests if one.is_open) if decision is None else ()
    stage = _stage(gathered, shown, money, has_open_request=bool(open_requests))
    sent = [one for one in gathered.messages if one.sent_at]
    return ApplicantView(
        case_id=case.id,
        case_number=case.number,
        stage=stage,
        next_actor=next_actor(stage),
        tasks=tuple(_tasks(stage, open_requests, shown, report, language, today)),
        expected=gathered.expected if decision is None else None,
        later=_later(gathered) if decision is None else None,
        requests=open_requests,
        messages=tuple(ShownMessage(one, gathered.files.get(one.id, ())) for one in sent),
        unread=sum(not one.from_applicant and one.read_at is None for one in sent),
        draft=next((one for one in gathered.messages if _is_mine(one, actor)), None),
        decision=shown,
        appeals=tuple(
            ShownAppeal(one, gathered.files.get(one.id, ()))
            for one in gathered.appeals
            if one.sent_at or one.written_by == actor.person_id
        ),
        report=report,
        money=money,
        may_write=True,
        may_commit=may(actor, "casework.commit", case),
    )


def _stage(
    gathered: Gathered, shown: ShownDecision | None, money: MoneyState | None, *, has_open_request: bool
) -> Stage:
    decision = gathered.decision
    return stage_of(
        Known(
            case_state=gathered.case.state,
            has_open_request=has_open_request,
            outcome=decision.outcome if decision else "",
            is_shown=bool(shown and shown.outcome),
            needs_acceptance=bool(decision and decision.accept_by_date),
            answer=shown.acceptance.answer if shown and shown.acceptance else "",
            money=money.state if money else "",
        )
    )


def _later(gathered: Gathered) -> Later | None:
    """What was said last of how long it takes: by an officer, or in a provisional reply."""
    reply, delay = gathered.reply, gathered.delay
    if delay is not None and (reply is None or delay.said_at > reply.made_at):
        return Later(delay.expected_date, delay.reason_code, delay.reason_text, delay.said_at)
    if reply is not None:
        return Later(reply.expected_date, reply.reason_code, reply.reason_text, reply.made_at)
    return None


def _is_mine(message: Message, actor: Actor) -> bool:
    return message.sent_at is None and message.from_applicant and message.written_by == actor.person_id


def _decision(gathered: Gathered, language: str) -> ShownDecision | None:
    decision = gathered.decision
    if decision is None:
        return None
    reading: DecisionReading | None = getattr(decision, "reading", None)
    letters = [one for one in gathered.letters if one.document.key == letter_key(decision.id)]
    letter = letters[0] if letters else None
    is_shown = reading is not None or not demands_reading(decision)
    conditions = decision.snapshot["scheme"]["texts"].get("conditions", [])
    granted = is_shown and decision.outcome == "granted"
    period = period_from(
        decision, letter, gathered.notices, reading, gathered.demand, kept=_kept_by_body(gathered, decision)
    )
    return ShownDecision(
        id=decision.id,
        decided_at=decision.decided_at,
        is_read=reading is not None,
        outcome=decision.outcome if is_shown else "",
        amount_nok=decision.amount_nok if is_shown else None,
        conditions=tuple(in_language(one, language) for one in conditions) if granted else (),
        letter=letter if is_shown else None,
        accept_by_date=decision.accept_by_date if granted else None,
        report_days=decision.report_days if granted else None,
        acceptance=getattr(decision, "acceptance", None),
        appeal_period=period,
        change=change_told(decision, gathered.in_line, is_final=period.is_final) if is_shown else UNCHANGED,
    )


def _kept_by_body(gathered: Gathered, decision: Decision) -> bool:
    """The same as `was_kept`, of what is gathered already."""
    theirs = [one for one in gathered.appeals if one.decision_id == decision.id and not one.other_party]
    return any(one.body_result == Appeal.Result.KEPT for one in theirs)


def demands_reading(decision: Decision) -> bool:
    """Whether what was decided is shown only to who has confirmed that they read it. The scheme may say no."""
    basis = decision.snapshot["scheme"]["legal_basis"]
    return bool(basis.get("confirm_reading", True))


def _report(
    gathered: Gathered, shown: ShownDecision | None, money: MoneyState | None, today: date
) -> ShownReport | None:
    """Due from the day the money was sent; nothing is due before."""
    if shown is None or shown.report_days is None or money is None or money.sent_at is None:
        return None
    paid = timezone.localdate(money.sent_at)
    due = next_working_day(paid + timedelta(days=shown.report_days))
    sent = gathered.report.submitted_at if gathered.report else None
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
