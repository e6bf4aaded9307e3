"""What has been said and done after sending, for the officer's page of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runde.foundation.documents.api import Attachment
from runde.foundation.people.api import Actor, may
from runde.grants.applications.api import Participant, account_in, list_participants

from ..domain.clock import Expected
from ..models import Acceptance, Appeal, Case, Decision, DecisionReading, InformationRequest, Message
from .cases import get_case
from .expecting import expected_with, pause_of


@dataclass(frozen=True, slots=True)
class Following:
    """The talk and what came of the decisions. `files` by the id of the message, appeal or application they hang on."""

    requests: tuple[InformationRequest, ...]
    messages: tuple[Message, ...]
    draft: Message | None
    readings: dict[UUID, DecisionReading]
    acceptances: dict[UUID, Acceptance]
    appeals: tuple[Appeal, ...]
    participants: tuple[Participant, ...]
    files: dict[UUID, tuple[Attachment, ...]]
    expected: Expected | None
    may_correspond: bool


def following(case: Case, *, by: Actor, at: datetime) -> Following:
    """At most ten statements, however much has been said. The caller has asked whether `by` may read the case."""
    requests = list(case.requests.order_by("asked_at", "id"))
    spoken = list(case.messages.order_by("sent_at", "id"))
    appeals = list(
        Appeal.objects.filter(decision__case=case, sent_at__isnull=False).order_by("sent_at", "id")
    )
    readings = DecisionReading.objects.filter(decision__case=case)
    acceptances = Acceptance.objects.filter(decision__case=case)
    is_open = case.state in (Case.State.OPEN, Case.State.PROPOSED)
    return Following(
        requests=tuple(requests),
        messages=tuple(one for one in spoken if one.sent_at),
        draft=next((one for one in spoken if _is_mine(one, by)), None),
        readings={one.decision_id: one for one in readings},
        acceptances={one.decision_id: one for one in acceptances},
        appeals=tuple(appeals),
        participants=tuple(list_participants(case.application)),
        files=_files([case.application_id, *(one.id for one in (*spoken, *appeals))]),
        expected=expected_with(case, [pause_of(one) for one in requests], at) if is_open else None,
        may_correspond=may(by, "casework.correspond", case),
    )


def contacts_of(case: Case) -> frozenset[UUID]:
    """Everybody with an account who has acted for the applicant in the case so far: who must hear of a new account."""
    application = case.application
    people = {application.applicant_id, application.saved_by}
    people |= {
        one.person_id for one in list_participants(application) if one.accepted_at and not one.ended_at
    }
    written = Message.objects.filter(case=case, from_applicant=True, sent_at__isnull=False)
    people |= set(written.values_list("written_by", flat=True))
    people |= set(Acceptance.objects.filter(decision__case=case).values_list("answered_by", flat=True))
    people |= set(DecisionReading.objects.filter(decision__case=case).values_list("read_by", flat=True))
    return frozenset(one for one in people if one)


def find_account(case_id: UUID) -> str:
    """The account number sealed with the newest decision, else that of the application; empty when there is none."""
    decision = Decision.objects.filter(case_id=case_id).order_by("-number").first()
    if decision is not None:
        return str(decision.snapshot["applicant"]["account_number"] or "")[:11]
    return account_in(get_case(case_id).application)[:11]


def _is_mine(message: Message, by: Actor) -> bool:
    return message.sent_at is None and not message.from_applicant and message.written_by == by.person_id


def _files(subject_ids: list[UUID]) -> dict[UUID, tuple[Attachment, ...]]:
    found: dict[UUID, tuple[Attachment, ...]] = {}
    for one in Attachment.objects.filter(subject_id__in=subject_ids).order_by("made_at", "id"):
        found[one.subject_id] = (*found.get(one.subject_id, ()), one)
    return found
