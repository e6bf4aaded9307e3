from __future__ import annotations

from runde.foundation.people.api import Actor, permission

from .models import Application


@permission("applications.apply", who="den som kan opptre for virksomheten")
def can_apply(actor: Actor, organisation_number: str) -> bool:
    return actor.acts_for(organisation_number)


@permission("applications.change", who="den som kan opptre for virksomheten")
def can_change(actor: Actor, application: Application) -> bool:
    return actor.acts_for(application.organisation_number)


@permission("applications.read", who="den som kan opptre for virksomheten, eller en ansatt i kommunen")
def can_read(actor: Actor, application: Application) -> bool:
    """Staff read what has been sent; a draft is the applicant's own until then."""
    if actor.acts_for(application.organisation_number):
        return True
    return bool(actor.roles) and application.submitted_at is not None
