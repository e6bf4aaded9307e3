"""When the day an appeal was to be answered passes, the appellant is told why, and when to expect the answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import deadline
from runde.foundation.documents.api import standing_keys
from runde.foundation.jobs.api import Job, defer_in_transaction

from ..domain.appeal_states import AppealState
from ..domain.case_letters import language_of
from ..domain.words import words
from ..models import Appeal, AppealStep
from .appeal_letters import appeal_letter_key, write_interim
from .appealing import hold_appeal, write_step
from .following import journal
from .telling_of_appeals import tell_of_step

RULE = "interim_reply"
EVENT = "told_waiting"
OURS = (AppealState.LATE, AppealState.RECEIVED, AppealState.REASSESSING, AppealState.CHANGING)
"""Where the appellant waits for the municipality. What the appeal body takes is not ours to promise."""


def tell_appellants(*, at: datetime) -> int:
    """Tell whoever has been promised an answer by a day that has passed; gives how many. Harmless to run again.

    The system itself acts. The promise stands, and the appeal stays overdue; the day that is told is a month on.
    """
    today = timezone.localdate(at)
    late = Appeal.objects.filter(state__in=OURS, reassess_by_date__lt=today).order_by(
        "reassess_by_date", "id"
    )
    return sum(_tell(one, at) for one in late.values_list("id", flat=True))


def told_day(appeal: Appeal) -> date | None:
    """The newest day the appellant was told to expect an answer; None before any."""
    newest = AppealStep.objects.filter(appeal=appeal, event=EVENT).order_by("-number").first()
    return date.fromisoformat(newest.facts["expected"]) if newest else None


def write_interim_reply(*, step_id: UUID, at: datetime) -> int:
    """The letter of what was told, when it has none yet; gives how many. Harmless to run again."""
    step = AppealStep.objects.filter(id=step_id, event=EVENT).select_related("appeal__decision__case").first()
    if step is None or not _without_letter([step.id]):
        return 0
    expected = date.fromisoformat(step.facts["expected"])
    write_interim(step.appeal, step.id, answer_date=expected, why=step.words, at=step.at)
    return 1


def queue_interim_replies(step_ids: Collection[UUID], at: datetime) -> None:
    """Put the writing of letters in the queue, as part of the open transaction."""
    defer_in_transaction(
        [Job("casework.write_interim", {"step_id": str(one), "at": at.isoformat()}) for one in step_ids]
    )


def missing_interim_replies(since: datetime, until: datetime) -> list[UUID]:
    """What was told in that time and has no letter. Two statements."""
    steps = AppealStep.objects.filter(event=EVENT, at__range=(since, until)).order_by("at", "id")
    return _without_letter(list(steps.values_list("id", flat=True)))


def _without_letter(step_ids: list[UUID]) -> list[UUID]:
    standing = standing_keys([appeal_letter_key(one) for one in step_ids])
    return [one for one in step_ids if appeal_letter_key(one) not in standing]


def _tell(appeal_id: UUID, at: datetime) -> int:
    with transaction.atomic():
        appeal = hold_appeal(appeal_id)
        told, today = told_day(appeal) or appeal.reassess_by_date, timezone.localdate(at)
        if appeal.state not in OURS or told is None or told >= today:
            return 0
        why = words(f"appeal_waits_{appeal.state}", language_of(appeal.decision.snapshot))
        expected = deadline(RULE, today)
        facts = {"expected": expected.isoformat()}
        step = write_step(appeal, EVENT, by=None, at=at, words=why, facts=facts)
        journal("casework.appeal_told_waiting", appeal.decision.case_id, None, at, appeal=appeal.id, **facts)
        tell_of_step(appeal, step, "appeal_waiting", at, has_letter=True, day=expected, why=why)
        queue_interim_replies([step.id], at)
    return 1
