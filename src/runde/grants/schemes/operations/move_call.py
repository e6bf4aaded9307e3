from __future__ import annotations

from datetime import datetime

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.phases import Phase
from ..domain.refusals import CallRefused
from ..models import Call, CallVersionChange, SchemeVersion
from ..queries.calls import call_phase
from ..signals import call_moved
from .announcing import announce
from .publish_call import locked_call


@transaction.atomic
def move_call(
    *, call: Call, to_version: SchemeVersion, reason: str, by: Actor, at: datetime
) -> CallVersionChange:
    """Let those who apply from now on meet another version of the scheme.

    What has been sent in keeps its version. Drafts follow when `applications.rebase_drafts` is called in the same
    transaction.
    """
    authorise(by, "schemes.manage", call)
    call = locked_call(call)
    _require_movable(call, to_version, reason, at)
    change = CallVersionChange.objects.create(
        call=call,
        from_version=call.scheme_version,
        to_version=to_version,
        reason=reason.strip(),
        changed_by=by.person_id,
        changed_at=at,
    )
    call.scheme_version = to_version
    call.save(update_fields=["scheme_version"])
    announce(call, at)
    record(
        action="schemes.call_moved",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        from_version=change.from_version_id,
        to_version=to_version.id,
        from_number=change.from_version.number,
        to_number=to_version.number,
        reason=reason,
    )
    call_moved.send(sender=Call, call=call, change=change, by=by, at=at)
    return change


def _require_movable(call: Call, to_version: SchemeVersion, reason: str, at: datetime) -> None:
    phase = call_phase(call, at)
    if phase is Phase.DRAFT:
        raise Conflict("Utlysningen er ikke publisert. Velg versjonen der du endrer den.")
    if phase in (Phase.CLOSED, Phase.WITHDRAWN):
        raise Conflict("Ingen kan søke lenger. Utlysningen beholder versjonen den hadde.")
    if to_version.scheme_id != call.scheme_version.scheme_id:
        raise CallRefused("Versjonen hører til en annen ordning.", place="to_version")
    if to_version.id == call.scheme_version_id:
        raise Conflict(f"Utlysningen bruker allerede versjon {to_version.number}.")
    if not reason.strip():
        raise CallRefused("Skriv hvorfor utlysningen flyttes.", place="reason")
