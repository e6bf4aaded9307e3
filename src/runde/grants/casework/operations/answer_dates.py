from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor
from runde.grants.schemes.api import Call

from ..domain.state_table import TABLE
from ..domain.waiting import days_stood
from ..models import Case, InformationRequest
from ..queries.cases import lock_cases
from ..queries.expecting import pauses_of
from .interest import refuse_interest

UNDECIDED = TABLE.before("case", "tell_provisionally")


def set_answer_by(*, dates: Mapping[UUID, date], why: str, by: Actor | None, at: datetime) -> int:
    """Give cases another deadline for the answer: the clock has stood still, or the promise is a new one.

    The caller decides and has been authorised; `by` None is the system itself. Gives how many changed. Raises
    NotFound when a case is missing, HasInterest when the person has one in any of them.
    """
    with transaction.atomic():
        held = lock_cases(dates.keys())
        if by is not None:
            refuse_interest(held, by)
        cases = [case for case in held if case.answer_by_date != dates[case.id]]
        happened = [
            Happening(
                "casework.answer_by_moved",
                "case",
                case.id,
                {"was": case.answer_by_date, "now": dates[case.id], "why": why},
            )
            for case in cases
        ]
        for day in {dates[case.id] for case in cases}:
            Case.objects.filter(id__in=[case.id for case in cases if dates[case.id] == day]).update(
                answer_by_date=day
            )
        record_many(happened, by=by.person_id if by else None, at=at)
    return len(cases)


def follow_call(*, call: Call, at: datetime) -> int:
    """The call promises another day: every undecided case gets it, moved by what its own clock has stood still.

    Told in the call's own history. Gives how many cases moved.
    """
    waiting = Case.objects.filter(call_id=call.id, state__in=UNDECIDED)
    asked = InformationRequest.objects.filter(case__call_id=call.id, case__state__in=UNDECIDED)
    pauses = pauses_of(set(asked.values_list("case_id", flat=True)))
    today = timezone.localdate(at)
    moved = waiting.exclude(id__in=pauses.keys()).update(answer_by_date=call.answer_by_date)
    for case_id, stood in pauses.items():
        day = call.answer_by_date + timedelta(days=days_stood(stood, on=today))
        moved += waiting.filter(id=case_id).update(answer_by_date=day)
    return moved
