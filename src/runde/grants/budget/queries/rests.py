"""What somebody wants to let go of, and what was let go."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.trust.api import NotFound

from ..models import RestSettled


def get_rest(rest_id: UUID) -> RestSettled:
    """Raises NotFound."""
    found = RestSettled.objects.filter(id=rest_id).first()
    if found is None:
        raise NotFound("Vi finner ikke dette. Gå tilbake til kilden og velg saken på nytt.")
    return found


def asked_rests() -> list[RestSettled]:
    """Those that wait for a second person, oldest first."""
    return list(RestSettled.objects.filter(state=RestSettled.State.ASKED).order_by("asked_at", "id"))
