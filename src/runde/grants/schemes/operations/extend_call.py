from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.phases import Phase
from ..domain.refusals import CallRefused
from ..models import Call, CallExtension
from ..queries.calls import call_phase
from ..signals import call_extended
from .announcing import announce
from .publish_call import locked_call


@transaction.atomic
def extend_call(
    *, call: Call, closes_at: datetime, answer_by_date: date, reason: str, by: Actor, at: datetime
) -> Call:
    """Move the deadline of a published call to a later time, before it has closed for all."""
    authorise(by, "schemes.manage", call)
    call = locked_call(call)
    _require_running(call, at)
    _require_later(call, closes_at, answer_by_date, reason, at)
    extension = CallExtension.objects.create(
        call=call,
        was_closing_at=call.closes_at,
        closes_at=closes_at,
        answer_by_date=answer_by_date,
        reason=reason.strip(),
        extended_by=by.person_id,
        extended_at=at,
    )
    call.closes_at, call.answer_by_date = closes_at, answer_by_date
    call.save(update_fields=["closes_at", "answer_by_date"])
    announce(call, at)
    record(
        action="schemes.call_extended",
        subject_kind="call",
        subject_id=call.id,
        by=by.person_id,
        at=at,
        was_closing_at=extension.was_closing_at,
        closes_at=closes_at,
        answer_by_date=answer_by_date,
        reason=reason,
    )
    call_extended.send(sender=Call, call=call, extension=extension, by=by, at=at)
    return call


def _require_running(call: Call, at: datetime) -> None:
    phase = call_phase(call, at)
    if phase in (Phase.DRAFT, Phase.WITHDRAWN):
        raise Conflict("Bare en publisert utlysning kan få utsatt frist.")
    if phase is Phase.CLOSED:
        raise Conflict("Fristen er ute, og utlysningen er lukket. Lag en ny utlysning.")


def _require_later(call: Call, closes_at: datetime, answer_by_date: date, reason: str, at: datetime) -> None:
    if closes_at <= call.closes_at:
        raise CallRefused("Den nye fristen må være senere enn fristen som gjelder nå.", place="closes_at")
    if closes_at <= at:
        raise CallRefused("Den nye fristen er allerede passert.", place="closes_at")
    if answer_by_date < timezone.localdate(closes_at):
        raise CallRefused("Svardatoen kan ikke være før fristen.", place="answer_by_date")
    if not reason.strip():
        raise CallRefused("Skriv hvorfor fristen flyttes.", place="reason")
