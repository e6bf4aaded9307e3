"""The case's own deadline: what the call promised, moved by every day the municipality has waited for the applicant."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from ..domain.waiting import days_stood
from ..models import Case
from ..queries.expecting import pauses_of
from .answer_dates import set_answer_by

WHY = "paused"


def move_deadlines(case_ids: Collection[UUID], at: datetime) -> int:
    """Reckon the deadlines of cases anew by what their clocks have stood still; gives how many were moved.

    Only days that have passed count: a deadline never moves back when an answer comes sooner than asked for.
    """
    cases = list(Case.objects.filter(id__in=case_ids).select_related("application__call"))
    pauses, today = pauses_of(case.id for case in cases), timezone.localdate(at)
    wanted = {
        case.id: case.application.call.answer_by_date
        + timedelta(days=days_stood(pauses.get(case.id, ()), on=today))
        for case in cases
    }
    moved = {case.id: wanted[case.id] for case in cases if case.answer_by_date != wanted[case.id]}
    return set_answer_by(dates=moved, why=WHY, by=None, at=at) if moved else 0
