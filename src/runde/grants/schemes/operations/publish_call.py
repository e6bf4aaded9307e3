from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.refusals import CallRefused
from ..models import Call
from ..signals import call_published
from .announcing import announce


@transaction.atomic
def publish_call(*, call: Call, by: Actor, at: datetime) -> Call:
    """Let the public see the call. Raises CallRefused when no source pays for it or the deadline has passed."""
    authorise(by, "schemes.manage", call)
    call = locked_call(call)
    if call.state != Call.State.DRAFT:
        raise Conflict("Utlysningen er allerede publisert eller trukket.")
    if not call.funding.exists():
        raise CallRefused("Utlysningen har ingen finansieringskilde. Legg til en før du publiserer.")
    if call.closes_at <= at:
        raise CallRefused("Fristen er allerede ute. Sett en ny frist før du publiserer.")
    call.state, call.published_at = Call.State.PUBLISHED, at
    call.save(update_fields=["state", "published_at"])
    announce(call, at)
    record(action="schemes.call_published", subject_kind="call", subject_id=call.id, by=by.person_id, at=at)
    call_published.send(sender=Call, call=call, by=by, at=at)
    return call


def locked_call(call: Call) -> Call:
    """The call as it stands now, held until the transaction ends."""
    calls = Call.objects.select_for_update(of=("self",)).select_related("scheme_version__form")
    return calls.get(id=call.id)
