"""When the applicant can expect an answer, from what the newest decided cases of the same scheme really took."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from runde.foundation.trust.api import current_tenant

from ..domain.clock import LOOKED_AT, Expected, Pause, expected, paused_days
from ..models import Case, InformationRequest


def expected_answer(case: Case, at: datetime) -> Expected | None:
    """None when there is a decision or the application is withdrawn. Three statements."""
    if case.state not in (Case.State.OPEN, Case.State.PROPOSED):
        return None
    return expected_with(case, pauses_of([case.id]).get(case.id, []), at)


def expected_with(case: Case, pauses: list[Pause], at: datetime) -> Expected:
    """The same, for a caller who holds the case's pauses already. Two statements."""
    scheme_id = case.application.scheme_version.scheme_id
    return expected_from(case, pauses, usual_durations([scheme_id])[scheme_id], on=timezone.localdate(at))


def expected_from(case: Case, pauses: Iterable[Pause], durations: Sequence[int], *, on: date) -> Expected:
    """The same, for a caller who holds what past cases took too. Asks nothing."""
    application = case.application
    return expected(
        sent_date=timezone.localdate(application.submitted_at or case.opened_at),
        answer_by_date=application.call.answer_by_date,
        durations=durations,
        paused=paused_days(pauses, on=on),
        on=on,
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


NEWEST = """
SELECT scheme.id, past.case_id, past.submitted_at, past.decided_at
FROM unnest(%s::uuid[]) AS scheme (id) CROSS JOIN LATERAL (
    SELECT decision.case_id, application.submitted_at, decision.decided_at
    FROM casework_decision decision
    JOIN casework_case answered ON answered.tenant_id = decision.tenant_id AND answered.id = decision.case_id
    JOIN applications_application application
      ON application.tenant_id = decision.tenant_id AND application.id = answered.application_id
    JOIN schemes_schemeversion version
      ON version.tenant_id = decision.tenant_id AND version.id = application.scheme_version_id
    WHERE decision.tenant_id = %s AND decision.number = 1 AND version.scheme_id = scheme.id
      AND application.submitted_at IS NOT NULL
    ORDER BY decision.decided_at DESC LIMIT %s
) past
"""


def usual_durations(scheme_ids: Collection[UUID]) -> dict[UUID, list[int]]:
    """By scheme, the days its newest decided cases took from sent to answered, without their pauses. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [list(scheme_ids), current_tenant(), LOOKED_AT])
        rows = cursor.fetchall()
    pauses = pauses_of(case_id for _, case_id, _, _ in rows)
    found: dict[UUID, list[int]] = {scheme_id: [] for scheme_id in scheme_ids}
    for scheme_id, case_id, sent, answered in rows:
        found[scheme_id].append(_days(sent, answered, pauses.get(case_id, [])))
    return found


def _days(sent: datetime, answered: datetime, pauses: list[Pause]) -> int:
    last: date = timezone.localdate(answered)
    return max(0, (last - timezone.localdate(sent)).days - paused_days(pauses, on=last))
