from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from runde.foundation.people.api import Actor, permission

from .models import Application, Participant

Role = Participant.Role


@permission("applications.apply", who="den som kan opptre for virksomheten")
def can_apply(actor: Actor, organisation_number: str) -> bool:
    return actor.acts_for(organisation_number)


@permission(
    "applications.change", who="den som kan opptre for virksomheten, eller er invitert til å fylle ut"
)
def can_change(actor: Actor, application: Application) -> bool:
    return acts_in(actor, application) or takes_part(actor, application, Role.FILLS_IN, Role.SIGNS)


@permission(
    "applications.submit", who="den som kan opptre for virksomheten, eller er invitert til å sende inn"
)
def can_submit(actor: Actor, application: Application) -> bool:
    """Sending, withdrawing and what else binds the company. Who only fills in may not."""
    if acts_in(actor, application) and actor.signs_for(application.organisation_number):
        return True
    return takes_part(actor, application, Role.SIGNS)


@permission("applications.invite", who="den som kan opptre for virksomheten")
def can_invite(actor: Actor, application: Application) -> bool:
    """Let others in, and out. Who is invited themselves may not invite on."""
    return acts_in(actor, application) and actor.signs_for(application.organisation_number)


@permission("applications.erase", who="den som kan opptre for virksomheten")
def can_erase(actor: Actor, application: Application) -> bool:
    return acts_in(actor, application) and actor.signs_for(application.organisation_number)


@permission("applications.export", who="den som kan opptre for virksomheten")
def can_export(actor: Actor, application: Application) -> bool:
    return acts_in(actor, application)


@permission("applications.read", who="den som kan opptre for virksomheten, eller en ansatt i kommunen")
def can_read(actor: Actor, application: Application) -> bool:
    """Staff read what has been sent; a draft is the applicant's own until then."""
    if is_theirs(actor, application):
        return True
    if actor.roles and application.submitted_at is not None:
        return True
    return takes_part(actor, application, Role.FILLS_IN, Role.SIGNS)


def acts_in(actor: Actor, application: Application) -> bool:
    """Whether the actor acts for the company, in an application that is theirs to see."""
    return actor.acts_for(application.organisation_number) and is_theirs(actor, application)


def is_theirs(actor: Actor, application: Application) -> bool:
    """Who only says themselves that they act for a company sees what they have written, not what others have."""
    return application.applicant_id == actor.person_id or actor.is_vouched_for(
        application.organisation_number
    )


def takes_part(actor: Actor, application: Application, *roles: Role) -> bool:
    """Whether the actor has accepted an invitation to this application, in one of the roles, that has not ended."""
    looked_up = getattr(application, LOOKED_UP, None)
    if looked_up is not None and looked_up[0] == actor.person_id:
        return any(role in looked_up[1] for role in roles)
    part = Participant.objects.filter(taking_part_in(actor), application_id=application.id, role__in=roles)
    return part.exists()


LOOKED_UP = "_parts_looked_up"
"""Where `look_up_parts` leaves its answer on an application."""


def look_up_parts(applications: Collection[Application], actor: Actor) -> None:
    """Ask once, for many applications, what the actor takes part in; the rules above then ask nothing more."""
    parts: dict[UUID, set[str]] = {application.id: set() for application in applications}
    rows = Participant.objects.filter(taking_part_in(actor), application_id__in=parts)
    for application_id, role in rows.values_list("application_id", "role"):
        parts[application_id].add(role)
    for application in applications:
        setattr(application, LOOKED_UP, (actor.person_id, frozenset(parts[application.id])))


def taking_part_in(actor: Actor) -> Q:
    return Q(person_id=actor.person_id, accepted_at__isnull=False, ended_at__isnull=True)
