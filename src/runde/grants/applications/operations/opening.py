from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from runde.engine.reference.api import moment_text
from runde.grants.schemes.api import Call, Phase, call_phase

from ..domain.refusals import NotOpen
from ..models import Application


def require_open(call: Call, at: datetime) -> None:
    """Raise NotOpen, saying when it opens or that it has closed, unless one may begin to apply now."""
    _require(call, at, begun_at=None)


def require_sendable(application: Application, at: datetime) -> None:
    """Raise NotOpen unless the application may be sent now: while the call is open, or in the grace after the
    deadline when it was begun before it."""
    _require(application.call, at, begun_at=application.started_at)


def _require(call: Call, at: datetime, *, begun_at: datetime | None) -> None:
    phase = call_phase(call, at)
    if phase is Phase.OPEN:
        return
    if phase is Phase.GRACE and begun_at is not None and begun_at < call.closes_at:
        return
    if phase is Phase.NOT_OPEN:
        opens = moment_text(timezone.localtime(call.opens_at))
        raise NotOpen(f"Du kan søke fra {opens}.", opens_at=call.opens_at)
    if phase in (Phase.GRACE, Phase.CLOSED):
        closed = moment_text(timezone.localtime(call.closes_at))
        raise NotOpen(f"Fristen gikk ut {closed}. Kladden din er lagret.", closed_at=call.closes_at)
    raise NotOpen("Utlysningen tar ikke imot søknader nå.")
