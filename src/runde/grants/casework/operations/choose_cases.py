from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused

from ..models import Case, Selection


def choose_cases(
    *, call_id: UUID, case_ids: Sequence[UUID], words: str = "", by: Actor, at: datetime
) -> Selection:
    """Freeze a set of a call's cases, in the order given, so that it can travel from page to page.

    Nothing happens to the cases; what is no case of the call is left out. `words` names the set as it was asked for.
    Not told in the journal: it is a mark on a list, gone in a day. Raises NotAllowed, and Refused for an empty set.
    """
    authorise(by, "casework.list")
    real = Case.objects.filter(call_id=call_id, id__in=case_ids)
    amounts = dict(real.values_list("id", "recommended_nok"))
    chosen = [one for one in dict.fromkeys(case_ids) if one in amounts]
    if not chosen:
        raise Refused("Ingen saker er valgt. Gå til lista og velg saker.")
    return Selection.objects.create(
        person_id=by.person_id,
        call_id=call_id,
        case_ids=chosen,
        recommended_nok=sum((amount or Decimal(0) for amount in amounts.values()), Decimal(0)),
        words=words[:200],
        made_at=at,
    )
