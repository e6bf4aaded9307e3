from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from runde.foundation.people.api import Actor, authorise

from ..models import Case
from .cases import get_case


def neighbour_of(case_id: UUID, *, forward: bool, by: Actor) -> UUID | None:
    """The open case after or before this one, by deadline and number, in the same call and lane.

    Cases the person has declared an interest in are passed over. None at the end. Raises NotFound, NotAllowed.
    """
    authorise(by, "casework.list")
    here = get_case(case_id)
    found = Case.objects.filter(call_id=here.call_id, lane=here.lane, state=Case.State.OPEN)
    found = found.exclude(declarations__person_id=by.person_id, declarations__is_impartial=False)
    day, place = here.answer_by_date, here.ordinal
    if forward:
        after = found.filter(Q(answer_by_date__gt=day) | Q(answer_by_date=day, ordinal__gt=place))
        return after.order_by("answer_by_date", "ordinal").values_list("id", flat=True).first()
    before = found.filter(Q(answer_by_date__lt=day) | Q(answer_by_date=day, ordinal__lt=place))
    return before.order_by("-answer_by_date", "-ordinal").values_list("id", flat=True).first()
