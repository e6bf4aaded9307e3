"""Whose application a page of the applicant's may show."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import Application, get_application


def own_application(application_id: UUID, actor: Actor) -> Application:
    """An application of a company the actor acts for, and may see. Raises NotFound.

    Staff may read sent applications, but on their own pages: these are the applicant's.
    """
    found = get_application(application_id, actor)
    is_writer = found.applicant_id == actor.person_id
    if not actor.acts_for(found.organisation_number):
        raise NotFound("Vi finner ikke søknaden.")
    if not is_writer and not actor.is_vouched_for(found.organisation_number):
        raise NotFound("Vi finner ikke søknaden.")
    return found
