from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, hold

from ..models import Call, CallFunding, FundingSource
from .announcing import announce


@transaction.atomic
def attach_funding(*, call: Call, source: FundingSource, rank: int, by: Actor, at: datetime) -> CallFunding:
    """Let a source pay for a call. Lower `rank` is used first; earmarked money before free money."""
    authorise(by, "schemes.fund", call)
    hold("call", [call.slug])
    if CallFunding.objects.filter(call=call, source=source).exists():
        raise Conflict("Denne kilden betaler allerede for utlysningen.")
    if source.state == FundingSource.State.WITHDRAWN:
        raise Conflict("Pengene fra denne kilden er trukket.")
    funding = CallFunding.objects.create(call=call, source=source, rank=rank)
    if call.state == Call.State.PUBLISHED:
        announce(call, at)
    record(
        action="schemes.funding_attached",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        source=source.id,
        rank=rank,
    )
    return funding
