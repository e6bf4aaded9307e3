"""Whose application a page may show.

Who has only declared to act for a company sees what they wrote themselves, never what others have written for it:
a declaration is checked afterwards, and must not open somebody else's figures.
"""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor, Mandate
from runde.foundation.trust.api import NotFound, Refused
from runde.grants.applications.api import Application, get_application


def own_application(application_id: UUID, actor: Actor) -> Application:
    """The applicant's own application, or one of a company they are known to act for. Raises NotFound."""
    found = get_application(application_id, actor)
    if not is_own(found, actor):
        raise NotFound("Vi finner ikke søknaden.")
    return found


def require_own(application: Application, actor: Actor) -> None:
    """For a draft somebody else began. Raises Refused without telling what is in it."""
    if not is_own(application, actor):
        raise Refused(
            "Noen andre har begynt på en søknad for denne virksomheten. "
            "Bli enige om hvem som søker, eller ta kontakt med kommunen."
        )


def is_own(application: Application, actor: Actor) -> bool:
    orgnr = application.organisation_number
    if not actor.acts_for(orgnr):
        return False
    if application.applicant_id == actor.person_id:
        return True
    mandates = Mandate.objects.filter(person_id=actor.person_id, organisation_number=orgnr)
    return mandates.exclude(source=Mandate.Source.DECLARED).exists()
