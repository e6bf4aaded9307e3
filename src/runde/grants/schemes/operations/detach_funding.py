from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..models import Call, CallFunding, FundingSource
from .publish_call import locked_call


@transaction.atomic
def detach_funding(*, call: Call, source: FundingSource, by: Actor, at: datetime) -> None:
    """Let a source no longer pay for a drafted call. What a published call has promised stays."""
    authorise(by, "schemes.fund", call)
    call = locked_call(call)
    if call.state != Call.State.DRAFT:
        raise Conflict("Utlysningen er publisert. Pengene den er lyst ut med, kan ikke tas bort.")
    removed, _ = CallFunding.objects.filter(call=call, source=source).delete()
    if not removed:
        raise Conflict("Denne kilden betaler ikke for utlysningen.")
    record(
        action="schemes.funding_detached",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        source=source.id,
        name=source.name,
    )
