from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.refusals import CallRefused
from ..models import Call
from .announcing import announce
from .publish_call import locked_call


@transaction.atomic
def change_contact(*, call: Call, name: str, email: str, phone: str, by: Actor, at: datetime) -> Call:
    """Who answers questions about the call; all empty lets the municipality's own contact answer."""
    authorise(by, "schemes.manage", call)
    require_address(email)
    call = locked_call(call)
    if call.state == Call.State.WITHDRAWN:
        raise Conflict("Utlysningen er trukket.")
    call.contact_name, call.contact_email, call.contact_phone = name.strip(), email.strip(), phone.strip()
    call.save(update_fields=["contact_name", "contact_email", "contact_phone"])
    if call.state == Call.State.PUBLISHED:
        announce(call, at)
    record(action="schemes.contact_changed", subject_kind="call", subject_id=call.id, by=by.person_id, at=at)
    return call


def require_address(email: str) -> None:
    if not email.strip():
        return
    try:
        validate_email(email.strip())
    except ValidationError:
        raise CallRefused("Skriv e-postadressen slik: post@kommunen.no.", place="contact_email") from None
