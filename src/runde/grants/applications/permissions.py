from __future__ import annotations

from runde.foundation.people.api import Actor, permission

from .models import Application


@permission("applications.apply", who="den som kan opptre for virksomheten")
def can_apply(actor: Actor, organisation_number: str) -> bool:
    return actor.acts_for(organisation_number)


@permission("applications.change", who="den som kan opptre for virksomheten")
def can_change(actor: Actor, application: Application) -> bool:
    return actor.acts_for(application.organisation_number) and is_theirs(actor, application)


@permission("applications.read", who="den som kan opptre for virksomheten, eller en ansatt i kommunen")
def can_read(actor: Actor, application: Application) -> bool:
    """Staff read what has been sent; a draft is the applicant's own until then."""
    if is_theirs(actor, application):
        return True
    return bool(actor.roles) and application.submitted_at is not None


def is_theirs(actor: Actor, application: Application) -> bool:
    """Who only says themselves that they act for a company sees what they have written, not what others have."""
    return application.applicant_id == actor.person_id or actor.is_vouched_for(
        application.organisation_number
    )
