from __future__ import annotations

from datetime import datetime

from runde.foundation.journal.api import record
from runde.foundation.people.models import Mandate
from runde.foundation.people.permissions import Actor, authorise
from runde.foundation.people.rights import OUTSIDE
from runde.foundation.trust.api import Conflict, Refused


class KeptOutside(Refused):
    """A role that stands in a register is ended there."""

    code = "kept_outside"


def end_mandate(*, mandate: Mandate, by: Actor, at: datetime) -> None:
    """Let a person no longer act for the company on this ground, from now on. What was stays in the history.

    Inside the fence of the municipality that looks after the company. Raises NotAllowed, KeptOutside, Conflict.
    """
    if mandate.source in OUTSIDE:
        raise KeptOutside(
            "Rollen er hentet utenfra. Endre den i Enhetsregisteret eller Altinn, så følger vi etter."
        )
    authorise(by, "people.end_mandate", mandate)
    ended = Mandate.objects.filter(id=mandate.id, ended_at=None).update(ended_at=at, ended_by_id=by.person_id)
    if not ended:
        raise Conflict("Rollen er allerede avsluttet.")
    record(
        action="people.mandate_ended",
        subject_kind="mandate",
        subject_id=mandate.id,
        by=by.person_id,
        at=at,
        organisation_number=mandate.organisation_number,
        person_id=mandate.person_id,
    )
