from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Refused
from runde.grants.schemes.api import Call

from ..domain.lines import as_checked
from ..errors import NothingLeft
from ..models import Case, Lane, Proposal
from ..queries.cases import lock_cases
from ..queries.features import standing_of
from ..queries.funding_preview import cases_with_applications
from ..queries.shortage import ways_out
from .propose import propose


def propose_short(
    *, case_ids: Collection[UUID], way: str, by: Actor, at: datetime, declares_impartial: bool = False
) -> Proposal:
    """Propose ready cases that cost more than there is, by one of the ways `ways_out` offers; refusals as checked.

    Raises as `propose`, and Refused when the way is not open any more.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        held = lock_cases(case_ids)
        if not held:
            raise NothingLeft("Ingen saker er valgt. Gå til lista og velg saker.", left_out=[])
        call = Call.objects.get(id=held[0].call_id)
        green = [case.id for case in held if case.lane == Lane.GREEN and case.state == Case.State.OPEN]
        found = {one.code: one for one in ways_out(cases_with_applications(green), call, at=at)}
        if way not in found:
            raise Refused("Denne måten går ikke lenger. Se over pengene og velg på nytt.")
        refused = [as_checked(case.id, standing_of(case)) for case in held if case.lane == Lane.RED]
        lines = [*found[way].lines, *(line for line in refused if line is not None)]
        return propose(lines=lines, by=by, at=at, declares_impartial=declares_impartial)
