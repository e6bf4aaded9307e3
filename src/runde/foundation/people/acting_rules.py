"""Who may let others act for a company."""

from __future__ import annotations

from runde.foundation.trust.api import current_tenant

from .models import ActingRequest, Invitation, Mandate, Person, Role
from .permissions import Actor, permission
from .queries.acting import has_vouched_signer

CONSIDERING = (Role.OFFICER, Role.SCHEME_MANAGER)
"""Who in the municipality may vouch for somebody while nobody in the company can."""


@permission("people.see_acting", who="den som er godkjent for virksomheten")
def can_see_acting(actor: Actor, organisation_number: str) -> bool:
    return actor.is_vouched_for(organisation_number)


@permission("people.invite", who="den som er godkjent for virksomheten og kan sende inn for den")
def can_invite(actor: Actor, organisation_number: str) -> bool:
    """Who only says so themselves, or only fills in, lets nobody else in."""
    return actor.is_vouched_for(organisation_number) and actor.signs_for(organisation_number)


@permission("people.answer_invitation", who="den som er invitert")
def can_answer(actor: Actor, invitation: Invitation) -> bool:
    return Person.objects.filter(id=actor.person_id, email=invitation.email, is_active=True).exists()


@permission("people.end_mandate", who="den som har rollen, eller en som er godkjent for virksomheten")
def can_end(actor: Actor, mandate: Mandate) -> bool:
    return mandate.person_id == actor.person_id or can_invite(actor, mandate.organisation_number)


@permission("people.withdraw_request", who="den som spurte")
def can_withdraw(actor: Actor, request: ActingRequest) -> bool:
    return request.person_id == actor.person_id


@permission(
    "people.consider_request", who="en som er godkjent for virksomheten, eller kommunen når ingen er det"
)
def can_consider(actor: Actor, request: ActingRequest) -> bool:
    """Never the one who asks. The municipality only while nobody in the company can answer."""
    if actor.person_id == request.person_id or actor.on is None:
        return False
    if can_invite(actor, request.organisation_number):
        return True
    is_caretaker = actor.holds(*CONSIDERING) and request.caretaker_id == current_tenant()
    return is_caretaker and not has_vouched_signer(request.organisation_number, on=actor.on)
