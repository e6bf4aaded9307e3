from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise

from ..models import Case
from ..queries.cases import lock_cases


def assign_cases(*, case_ids: Collection[UUID], to: UUID | None, by: Actor, at: datetime) -> int:
    """Give open cases to an officer, or (None) to nobody; gives how many changed hands."""
    authorise(by, "casework.propose")
    with transaction.atomic():
        cases = [
            case for case in lock_cases(case_ids) if case.state == Case.State.OPEN and case.assigned_to != to
        ]
        Case.objects.filter(id__in=[case.id for case in cases]).update(assigned_to=to)
        record_many(
            [Happening("casework.assigned", "case", case.id, {"to": to}) for case in cases],
            by=by.person_id,
            at=at,
        )
    return len(cases)
