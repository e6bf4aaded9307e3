from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from runde.foundation.journal.api import record
from runde.foundation.people.models import Invitation, Mandate, Person
from runde.foundation.people.permissions import Actor, authorise
from runde.foundation.people.queries.acting import get_applicant
from runde.foundation.trust.api import Conflict, NotAllowed

from .give_mandates import replace_mandate
from .make_link import make_link, withdraw_links

PURPOSE = "act_for_company"
OPEN_FOR = timedelta(days=14)


def invite(
    *,
    organisation_number: str,
    email: str,
    scope: Mandate.Scope,
    last_day: date | None = None,
    tenant_id: UUID,
    by: Actor,
    at: datetime,
) -> tuple[Invitation, str]:
    """Ask an address to act for the company; gives the invitation and the token of its link, for one mail.

    Inside the fence of the municipality `tenant_id` that looks after the company. An open invitation to the same
    address is replaced. Raises NotAllowed.
    """
    authorise(by, "people.invite", organisation_number)
    address = email.strip().lower()
    for earlier in Invitation.objects.filter(
        organisation_number=organisation_number, email=address, answer=""
    ):
        _close(earlier, Invitation.Answer.CALLED_BACK, by, at)
    invitation = Invitation.objects.create(
        organisation_number=organisation_number,
        email=address,
        scope=scope,
        last_day=last_day,
        invited_by_id=by.person_id,
        invited_at=at,
        expires_at=at + OPEN_FOR,
    )
    _record("people.invited", invitation, by, at)
    return invitation, link_to_invitation(invitation=invitation, tenant_id=tenant_id, at=at)


def link_to_invitation(*, invitation: Invitation, tenant_id: UUID, at: datetime) -> str:
    """A link for the address, as a person when it has an account."""
    person = Person.objects.filter(email=invitation.email, is_active=True).first()
    return make_link(
        purpose=PURPOSE,
        subject_id=invitation.id,
        tenant_id=tenant_id,
        person_id=person.id if person else None,
        email=invitation.email,
        expires_at=invitation.expires_at,
        at=at,
    )


def call_back_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """The invitation and its link open nothing from now on. Raises NotAllowed, Conflict."""
    authorise(by, "people.invite", invitation.organisation_number)
    _close(invitation, Invitation.Answer.CALLED_BACK, by, at)


def answer_invitation(
    *, invitation: Invitation, accept: bool, by: Actor, on: date, at: datetime
) -> Mandate | None:
    """Whoever owns the address takes the role, or says no. Raises NotAllowed, Conflict."""
    authorise(by, "people.answer_invitation", invitation)
    if at >= invitation.expires_at:
        raise Conflict("Invitasjonen er for gammel. Be om en ny.")
    if not _inviter_still_may(invitation, on):
        raise NotAllowed(
            "Den som inviterte deg, kan ikke lenger gi andre tilgang. Be en annen om å invitere deg."
        )
    answer = Invitation.Answer.ACCEPTED if accept else Invitation.Answer.DECLINED
    _close(invitation, answer, by, at)
    return _given(invitation, by, on, at) if accept else None


def _given(invitation: Invitation, by: Actor, on: date, at: datetime) -> Mandate:
    return replace_mandate(
        person=Person.objects.get(id=by.person_id),
        organisation_number=invitation.organisation_number,
        source=Mandate.Source.INVITED,
        scope=Mandate.Scope(invitation.scope),
        given_by=invitation.invited_by,
        valid_to=invitation.last_day,
        on=on,
        at=at,
    )


def _inviter_still_may(invitation: Invitation, on: date) -> bool:
    inviter = get_applicant(invitation.invited_by, on=on)
    number = invitation.organisation_number
    return inviter.is_vouched_for(number) and inviter.signs_for(number)


def _close(invitation: Invitation, answer: Invitation.Answer, by: Actor, at: datetime) -> None:
    closed = Invitation.objects.filter(id=invitation.id, answer="").update(
        answer=answer, answered_at=at, answered_by_id=by.person_id
    )
    if not closed:
        raise Conflict("Invitasjonen er allerede besvart eller trukket tilbake.")
    if answer == Invitation.Answer.CALLED_BACK:
        withdraw_links(purpose=PURPOSE, subject_id=invitation.id, at=at)
    _record(f"people.invitation_{answer.value}", invitation, by, at)


def _record(action: str, invitation: Invitation, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="invitation",
        subject_id=invitation.id,
        by=by.person_id,
        at=at,
        organisation_number=invitation.organisation_number,
        scope=invitation.scope,
    )
