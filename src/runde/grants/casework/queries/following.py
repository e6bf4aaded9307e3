"""What has been said and done after sending, for the officer's page of a case."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from uuid import UUID

from runde.foundation.documents.api import Attachment
from runde.foundation.people.api import Actor, may
from runde.grants.applications.api import Participant, account_in, list_participants

from ..domain.clock import Expected
from ..models import Acceptance, Appeal, Case, Decision, DecisionReading, InformationRequest, Message
from .cases import get_case
from .expecting import expected_with, pause_of


class Following:
    """The talk and what came of the decisions. Every part is one statement or none, the first time it is read.

    `files` are by the id of the message, appeal or application they hang on. With `as_of`, only what had happened then.
    """

    def __init__(self, case: Case, *, by: Actor, at: datetime, as_of: datetime | None = None) -> None:
        self._case, self._by, self._at, self._as_of = case, by, at, as_of

    @cached_property
    def requests(self) -> tuple[InformationRequest, ...]:
        found = self._case.requests.order_by("asked_at", "id")
        return tuple(one for one in found if self._was(one.asked_at))

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Those that are sent, oldest first."""
        return tuple(one for one in self._spoken if one.sent_at and self._was(one.sent_at))

    @cached_property
    def draft(self) -> Message | None:
        return next((one for one in self._spoken if _is_mine(one, self._by)), None)

    @cached_property
    def _spoken(self) -> tuple[Message, ...]:
        return tuple(self._case.messages.order_by("sent_at", "id"))

    @cached_property
    def readings(self) -> dict[UUID, DecisionReading]:
        found = DecisionReading.objects.filter(decision__case=self._case)
        return {one.decision_id: one for one in found if self._was(one.read_at)}

    @cached_property
    def acceptances(self) -> dict[UUID, Acceptance]:
        found = Acceptance.objects.filter(decision__case=self._case)
        return {one.decision_id: one for one in found if self._was(one.answered_at)}

    @cached_property
    def appeals(self) -> tuple[Appeal, ...]:
        if self._case.state == Case.State.OPEN:
            return ()  # nothing is decided that could be appealed
        sent = Appeal.objects.filter(decision__case=self._case, sent_at__isnull=False)
        return tuple(one for one in sent.order_by("sent_at", "id") if one.sent_at and self._was(one.sent_at))

    @cached_property
    def participants(self) -> tuple[Participant, ...]:
        return tuple(list_participants(self._case.application))

    @cached_property
    def files(self) -> dict[UUID, tuple[Attachment, ...]]:
        hosts = [one.id for one in (*self._spoken, *self.appeals)]
        return _files([self._case.application_id, *hosts])

    @cached_property
    def expected(self) -> Expected | None:
        """When an answer can be expected; None when there is nothing more to expect."""
        if self._case.state not in (Case.State.OPEN, Case.State.PROPOSED) or self._as_of:
            return None
        return expected_with(self._case, [pause_of(one) for one in self.requests], self._at)

    @cached_property
    def may_correspond(self) -> bool:
        return self._as_of is None and may(self._by, "casework.correspond", self._case)

    def _was(self, at: datetime) -> bool:
        return self._as_of is None or at <= self._as_of


def following(case: Case, *, by: Actor, at: datetime, as_of: datetime | None = None) -> Following:
    """What has been said and done after sending. The caller has asked whether `by` may read the case."""
    return Following(case, by=by, at=at, as_of=as_of)


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
