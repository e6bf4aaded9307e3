"""Receipts of appeals: every appeal that comes is answered with a letter that says so, in time or late.

Made by a job after the appeal is received, so that no letter that cannot be set ever keeps an appeal out.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from runde.engine.reference.api import deadline, weekday_date_text
from runde.foundation.documents.api import Sealing, seal_documents, standing_keys
from runde.foundation.jobs.api import Job, defer_in_transaction

from ..domain.appeal_states import AppealEvent
from ..domain.case_letters import Wanted, body_of, language_of
from ..domain.words import words
from ..models import AppealStep, Suspension
from .appeal_letters import appeal_letter_key, of_decision
from .sealing_letters import sealing_of

RECEIVED = (AppealEvent.SEND, AppealEvent.SEND_LATE)


def queue_receipts(step_ids: Collection[UUID], at: datetime) -> None:
    """Put the writing of receipts in the queue, as part of the open transaction."""
    jobs = [Job("casework.write_receipt", {"step_id": str(one), "at": at.isoformat()}) for one in step_ids]
    if jobs:
        defer_in_transaction(jobs)


def write_receipt(*, step_id: UUID, at: datetime) -> int:
    """Write the receipt of an appeal that has none yet; gives how many. Harmless to run again."""
    if appeal_letter_key(step_id) in standing_keys([appeal_letter_key(step_id)]):
        return 0
    found = AppealStep.objects.filter(id=step_id, event__in=RECEIVED)
    step = found.select_related("appeal__decision__case__application__scheme_version").first()
    if step is None:
        return 0
    seal_documents([_sealing(step)], by=None, at=at)
    return 1


def missing_receipts(since: datetime, until: datetime) -> list[UUID]:
    """The steps that received an appeal in that time and have no receipt. Two statements."""
    steps = AppealStep.objects.filter(event__in=RECEIVED, at__range=(since, until))
    ids = list(steps.order_by("at", "id").values_list("id", flat=True))
    standing = standing_keys([appeal_letter_key(one) for one in ids])
    return [one for one in ids if appeal_letter_key(one) not in standing]


def _sealing(step: AppealStep) -> Sealing:
    """From what stood when the appeal came alone: what has happened since does not change its receipt."""
    decision = step.appeal.decision
    return sealing_of(
        of_decision(decision),
        _wanted(step),
        key=appeal_letter_key(step.id),
        decision=str(decision.id),
    )


def _wanted(step: AppealStep) -> Wanted:
    appeal, snapshot = step.appeal, step.appeal.decision.snapshot
    language, today = language_of(snapshot), timezone.localdate(step.at)
    last = appeal.last_date or today
    return Wanted(
        kind="late" if step.event == AppealEvent.SEND_LATE else "received",
        said="\n".join((appeal.text, appeal.late_words)),
        made_at=step.at,
        made_date=today,
        slots={
            "came_day": weekday_date_text(date.fromisoformat(step.facts["came"]), language),
            "last_day": weekday_date_text(last, language),
            "answer_day": weekday_date_text(deadline("interim_reply", today), language),
            "appeal_body": body_of(snapshot, language),
        },
        about=_about(step, language),
        to_other=appeal.other_party,
    )


def _about(step: AppealStep, language: str) -> tuple[str, ...]:
    asked = Suspension.objects.filter(appeal_id=step.appeal_id, asked_at=step.at).exists()
    return (words("letter_appealed_wait", language),) if asked else ()
