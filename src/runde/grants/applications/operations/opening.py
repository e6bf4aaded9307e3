from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from runde.engine.reference.api import moment_text
from runde.grants.schemes.api import Call, Phase, call_phase

from ..domain.refusals import NotOpen


def require_open(call: Call, at: datetime) -> None:
    """Raise NotOpen, saying when it opens or that it has closed, unless the call takes applications now."""
    phase = call_phase(call, at)
    if phase is Phase.OPEN:
        return
    if phase is Phase.NOT_OPEN:
        opens = moment_text(timezone.localtime(call.opens_at))
        raise NotOpen(f"Du kan søke fra {opens}.", opens_at=call.opens_at)
    if phase is Phase.CLOSED:
        closed = moment_text(timezone.localtime(call.closes_at))
        raise NotOpen(f"Fristen gikk ut {closed}. Kladden din er lagret.", closed_at=call.closes_at)
    raise NotOpen("Utlysningen tar ikke imot søknader nå.")
