from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.refusals import CallRefused
from ..models import Announcement, Call
from ..signals import call_withdrawn
from .publish_call import locked_call


@transaction.atomic
def withdraw_call(*, call: Call, reason: str, by: Actor, at: datetime) -> Call:
    """Take a call back. What has been sent in stays and must be answered; no more can be sent.

    `reason` is read by the public where the call stood.
    """
    authorise(by, "schemes.manage", call)
    if not reason.strip():
        raise CallRefused("Skriv hvorfor utlysningen trekkes.", place="reason")
    call = locked_call(call)
    if call.state == Call.State.WITHDRAWN:
        raise Conflict("Utlysningen er allerede trukket.")
    call.state, call.withdrawn_reason = Call.State.WITHDRAWN, reason.strip()
    call.save(update_fields=["state", "withdrawn_reason"])
    Announcement.objects.filter(call_id=call.id).delete()
    record(
        action="schemes.call_withdrawn",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        reason=reason,
    )
    call_withdrawn.send(sender=Call, call=call, by=by, at=at)
    return call
