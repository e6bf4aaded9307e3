from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict, NotAllowed, Refused, hold

from .models import Approval

Outcome = Approval.Outcome


class OwnWork(NotAllowed):
    """Who prepared a thing may not decide it."""

    code = "own_work"


class AlreadyDecided(Conflict):
    """Somebody has approved it or sent it back already."""

    code = "already_decided"


class AlreadyPending(Conflict):
    """It is waiting for approval already."""

    code = "already_pending"


def ask_approval(*, kind: str, subject_id: UUID, by: Actor, at: datetime) -> Approval:
    """Lay a thing before somebody else. The room that owns it has asked who may prepare. Raises AlreadyPending."""
    with transaction.atomic():
        _hold(kind, subject_id)
        if Approval.objects.filter(kind=kind, subject_id=subject_id, outcome=Outcome.PENDING).exists():
            raise AlreadyPending("Dette venter allerede på godkjenning. Last siden på nytt for å se det.")
        approval = Approval.objects.create(
            kind=kind, subject_id=subject_id, prepared_by=by.person_id, prepared_at=at
        )
        record(action="approvals.asked", subject_kind=kind, subject_id=subject_id, by=by.person_id, at=at)
    return approval


def approve(*, kind: str, subject_id: UUID, by: Actor, at: datetime) -> Approval:
    """Say yes. The room that owns the thing has asked who may approve. Raises OwnWork, AlreadyDecided."""
    return _decide(Outcome.APPROVED, kind, subject_id, "", by, at)


def return_(*, kind: str, subject_id: UUID, reason: str, by: Actor, at: datetime) -> Approval:
    """Send back with a reason. Raises OwnWork, AlreadyDecided, and Refused when the reason is empty."""
    if not reason.strip():
        raise Refused(
            "Skriv hvorfor du sender dette tilbake, så den som har forberedt det, vet hva som må endres."
        )
    return _decide(Outcome.RETURNED, kind, subject_id, reason.strip(), by, at)


def _decide(outcome: Outcome, kind: str, subject_id: UUID, reason: str, by: Actor, at: datetime) -> Approval:
    with transaction.atomic():
        _hold(kind, subject_id)
        approval = Approval.objects.filter(kind=kind, subject_id=subject_id, outcome=Outcome.PENDING).first()
        if approval is None:
            raise AlreadyDecided(
                "Noen andre har allerede behandlet dette. Last siden på nytt og se hva de gjorde."
            )
        if approval.prepared_by == by.person_id:
            raise OwnWork(
                "Du har forberedt dette selv, og kan ikke godkjenne det. En annen godkjenner må gjøre det."
            )
        approval.outcome, approval.reason = outcome, reason
        approval.decided_by, approval.decided_at = by.person_id, at
        approval.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
        record(
            action=f"approvals.{outcome.value}",
            subject_kind=kind,
            subject_id=subject_id,
            by=by.person_id,
            at=at,
            prepared_by=approval.prepared_by,
            reason=reason,
        )
    return approval


def _hold(kind: str, subject_id: UUID) -> None:
    hold("approval", [f"{kind}:{subject_id}"])
