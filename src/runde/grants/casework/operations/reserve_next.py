"""Whoever is first on the reserve list, proposed by an officer when there is money."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.engine.reference.api import amount_text
from runde.foundation.people.api import Actor, authorise
from runde.grants.schemes.api import Call

from ..domain.lines import Line
from ..errors import NothingLeft, TooLittleMoney
from ..models import Proposal, ReserveEntry
from .laying import How
from .propose import propose_changes
from .reserving import live_entries, within_reach


def propose_from_reserve(
    *, call_id: UUID, by: Actor, at: datetime, declares_impartial: bool = False, skip: Collection[UUID] = ()
) -> Proposal:
    """Propose a grant for everybody on the list whom the free money reaches, strictly in order.

    `skip` are cases passed over now, which keep their place. Raises NothingLeft when nobody waits, TooLittleMoney when
    the money does not reach the first.
    """
    authorise(by, "casework.propose")
    with transaction.atomic():
        live = [one for one in live_entries(call_id) if one.case_id not in skip]
        ready = [one for one in live if one.case.state == "decided"]
        if not ready:
            raise NothingLeft("Ingen venter på reservelista nå.", left_out=[])
        reached = within_reach(ready, Call.objects.get(id=call_id), at)
        lines = [_line(one) for one in ready if one.id in reached]
        if not lines:
            raise TooLittleMoney(
                f"Det er ikke nok ledige penger til den som står først, som skal ha "
                f"{amount_text(ready[0].amount_nok)}.",
                short_nok=ready[0].amount_nok,
                cases=[str(ready[0].case_id)],
            )
        ranks = {str(one.case_id): one.rank for one in ready if one.id in reached}
        how = How(kind=Proposal.Kind.RESERVE, terms={"ranks": ranks})
        return propose_changes(lines=lines, by=by, at=at, how=how, declares_impartial=declares_impartial)


def _line(entry: ReserveEntry) -> Line:
    return Line(entry.case_id, "granted", "from_reserve", entry.amount_nok)
