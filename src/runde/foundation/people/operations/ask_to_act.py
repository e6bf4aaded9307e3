from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from runde.foundation.journal.api import record
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.models import ActingRequest, Mandate, Person
from runde.foundation.people.permissions import Actor, authorise
from runde.foundation.trust.api import Conflict

from .give_mandates import replace_mandate

Answer = ActingRequest.Answer


def ask_to_act(
    *,
    person: Person,
    organisation_number: str,
    role: str,
    message: str,
    caretaker: Organisation,
    at: datetime,
) -> ActingRequest:
    """Ask to be vouched for; harmless when the question is open already. Inside the caretaker's fence."""
    request, is_new = ActingRequest.objects.get_or_create(
        person=person,
        organisation_number=organisation_number,
        answer="",
        defaults={"role": role, "message": message, "asked_at": at, "caretaker": caretaker},
    )
    if is_new:
        _record("people.asked_to_act", request, person.id, at)
    return request


def withdraw_request(*, request: ActingRequest, by: Actor, at: datetime) -> None:
    """The one who asked takes the question back. Raises NotAllowed, Conflict."""
    authorise(by, "people.withdraw_request", request)
    _close(request, Answer.WITHDRAWN, by, at)


def consider_request(
    *,
    request: ActingRequest,
    approve: bool,
    scope: Mandate.Scope = Mandate.Scope.ALL,
    reason: str = "",
    by: Actor,
    on: date,
    at: datetime,
) -> Mandate | None:
    """Say yes, which gives the role, or no with a reason. Inside the caretaker's fence.

    Raises NotAllowed, and Conflict when it is answered already.
    """
    authorise(by, "people.consider_request", request)
    _close(
        request,
        Answer.APPROVED if approve else Answer.DECLINED,
        by,
        at,
        scope=scope if approve else "",
        reason=reason,
    )
    if not approve:
        return None
    return replace_mandate(
        person=request.person,
        organisation_number=request.organisation_number,
        source=Mandate.Source.APPROVED,
        scope=scope,
        given_by=Person.objects.get(id=by.person_id),
        valid_to=None,
        evidence=request.caretaker.name if by.roles else "",
        on=on,
        at=at,
    )


def _close(
    request: ActingRequest,
    answer: ActingRequest.Answer,
    by: Actor,
    at: datetime,
    *,
    scope: str = "",
    reason: str = "",
) -> None:
    closed = ActingRequest.objects.filter(id=request.id, answer="").update(
        answer=answer, scope=scope, reason=reason, answered_at=at, answered_by_id=by.person_id
    )
    if not closed:
        raise Conflict("Spørsmålet er allerede besvart.")
    _record(f"people.request_{answer.value}", request, by.person_id, at)


def _record(action: str, request: ActingRequest, by: UUID, at: datetime) -> None:
    record(
        action=action,
        subject_kind="acting_request",
        subject_id=request.id,
        by=by,
        at=at,
        organisation_number=request.organisation_number,
        person_id=request.person_id,
    )
