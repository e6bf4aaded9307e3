from __future__ import annotations

from uuid import UUID

from runde.foundation.trust.api import NotFound

from ..models import Application, Participant


def list_participants(application: Application) -> list[Participant]:
    """Everybody who was ever invited, in that order; those who have left have `ended_at`."""
    return list(Participant.objects.filter(application=application).order_by("invited_at", "id"))


def get_participant(participant_id: UUID) -> Participant:
    """With its application, call, version and form. Raises NotFound."""
    found = Participant.objects.filter(id=participant_id).select_related(*_WITH).first()
    if found is None:
        raise _gone()
    return found


def held_participant(participant_id: UUID) -> Participant:
    """As `get_participant`, held until the transaction ends."""
    rows = Participant.objects.select_for_update(of=("self",)).filter(id=participant_id)
    found = rows.select_related(*_WITH).first()
    if found is None:
        raise _gone()
    return found


_WITH = ("application__call", "application__scheme_version__form")


def _gone() -> NotFound:
    return NotFound("Vi finner ikke invitasjonen. Be den som inviterte deg, om en ny.")
