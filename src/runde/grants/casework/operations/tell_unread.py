"""The second notice: who has not opened a decision within a week of being told, is told once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.engine.reference.api import deadline
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.notices.api import Notice, queue_notices
from runde.grants.schemes.api import Call

from ..models import Decision
from .telling import AGAIN, FIRST, notices_about

RULE = "second_notice"
LOOK_BACK = timedelta(days=90)
"""Older decisions were told long ago, or never: telling of them now would only confuse."""
BATCH = 500


def tell_unread(*, at: datetime) -> int:
    """Tell those who have not opened their decision a week after the notice, once; gives how many.

    The system itself acts. Opened is what the applicant's side has confirmed as read, accepted, declined or appealed.
    """
    told, unread = 0, _unread(at)
    for start in range(0, len(unread), BATCH):
        with transaction.atomic():
            told += _tell(unread[start : start + BATCH], at)
    return told


def _unread(at: datetime) -> list[UUID]:
    """Decisions in force that nobody on the applicant's side has answered in any way."""
    found = Decision.objects.filter(
        decided_at__range=(at - LOOK_BACK, at),
        decision__isnull=True,
        reading__isnull=True,
        acceptance__isnull=True,
        appeals__isnull=True,
    )
    return list(found.order_by("id").values_list("id", flat=True))


def _tell(decision_ids: Sequence[UUID], at: datetime) -> int:
    held = Decision.objects.select_for_update(of=("case",)).filter(id__in=decision_ids, reading__isnull=True)
    notified = _notified(decision_ids)
    today = timezone.localdate(at)
    due = [
        one
        for one in held.select_related("case__application").order_by("id")
        if one.id in notified and today > deadline(RULE, notified[one.id])
    ]
    calls = Call.objects.select_related("scheme_version").in_bulk({one.case.call_id for one in due})
    for call_id, call in calls.items():
        mine = [one for one in due if one.case.call_id == call_id]
        queue_notices(notices_about(mine, call, at=at, kind=AGAIN), at=at)
    record_many([_happened(one) for one in due], by=None, at=at)
    return len(due)


def _notified(decision_ids: Sequence[UUID]) -> Mapping[UUID, date]:
    """The day each was told, of those told once and not twice."""
    first = {f"{FIRST}:{one}": one for one in decision_ids}
    again = {f"{AGAIN}:{one}": one for one in decision_ids}
    rows = Notice.objects.filter(key__in=[*first, *again]).values_list("key", "state", "sent_at")
    sent, told_twice = {}, set()
    for key, state, sent_at in rows:
        if key in again:
            told_twice.add(again[key])
        elif state == Notice.State.SENT and sent_at:
            sent[first[key]] = timezone.localdate(sent_at)
    return {one: day for one, day in sent.items() if one not in told_twice}


def _happened(decision: Decision) -> Happening:
    return Happening("casework.told_again", "case", decision.case_id, {"decision": decision.id})
