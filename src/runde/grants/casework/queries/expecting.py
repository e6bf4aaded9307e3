"""When the applicant can expect an answer, from what the newest decided cases of the same scheme really took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from ..domain.clock import LOOKED_AT, Expected, Pause, expected, paused_days
from ..models import Case, Decision, InformationRequest


def expected_answer(case: Case, at: datetime) -> Expected | None:
    """None when there is a decision or the application is withdrawn. Three statements."""
    if case.state not in (Case.State.OPEN, Case.State.PROPOSED):
        return None
    return expected_with(case, pauses_of([case.id]).get(case.id, []), at)


def expected_with(case: Case, pauses: list[Pause], at: datetime) -> Expected:
    """The same, for a caller who holds the case's pauses already. Two statements."""
    application, today = case.application, timezone.localdate(at)
    sent = application.submitted_at or case.opened_at
    return expected(
        sent_date=timezone.localdate(sent),
        answer_by_date=application.call.answer_by_date,
        durations=_durations(application.scheme_version.scheme_id),
        paused=paused_days(pauses, on=today),
        on=today,
    )


def pauses_of(case_ids: Iterable[UUID]) -> dict[UUID, list[Pause]]:
    """What the clock of each case has stood still for."""
    found: dict[UUID, list[Pause]] = {}
    for one in InformationRequest.objects.filter(case_id__in=list(case_ids)):
        found.setdefault(one.case_id, []).append(pause_of(one))
    return found


def pause_of(request: InformationRequest) -> Pause:
    ended = request.answered_at or request.closed_at
    return Pause(
        timezone.localdate(request.asked_at),
        timezone.localdate(ended) if ended else None,
        request.due_date,
    )


def _durations(scheme_id: UUID) -> list[int]:
    """The days the newest decided cases of the scheme took from sent to answered, without their pauses."""
    decided = Decision.objects.filter(number=1, case__application__scheme_version__scheme_id=scheme_id)
    rows = list(
        decided.order_by("-decided_at").values_list(
            "case_id", "case__application__submitted_at", "decided_at"
        )[:LOOKED_AT]
    )
    pauses = pauses_of(case_id for case_id, _, _ in rows)
    return [_days(sent, answered, pauses.get(case_id, [])) for case_id, sent, answered in rows if sent]


def _days(sent: datetime, answered: datetime, pauses: list[Pause]) -> int:
    last: date = timezone.localdate(answered)
    return max(0, (last - timezone.localdate(sent)).days - paused_days(pauses, on=last))
