"""Whose application a page of the applicant's may show."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor, may
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Application, get_application


def own_application(application_id: UUID, actor: Actor) -> Application:
    """An application of a company the actor acts for, or one they take part in. Raises NotFound.

    Staff may read sent applications, but on their own pages: these are the applicant's.
    """
    found = get_application(application_id, actor)
    if not may(actor, "applications.change", found):
        raise NotFound("Vi finner ikke søknaden.")
    return found
