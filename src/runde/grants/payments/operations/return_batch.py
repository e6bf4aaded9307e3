from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.approvals.api import return_
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..models import Batch, BatchLine
from .batches import APPROVAL, hold_batch, refuse_unless


def return_batch(*, batch_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Send a prepared batch back to who made it; its payments can go into a new one. Raises OwnWork, BatchHandled."""
    authorise(by, "payments.approve")
    with transaction.atomic():
        batch = hold_batch(batch_id)
        refuse_unless(batch, Batch.State.PREPARED)
        return_(kind=APPROVAL, subject_id=batch.id, reason=reason, by=by, at=at)
        Batch.objects.filter(id=batch.id).update(state=Batch.State.RETURNED)
        BatchLine.objects.filter(batch=batch).update(is_live=False)
        record(
            action="payments.batch_returned",
            subject_kind="payment_batch",
            subject_id=batch.id,
            by=by.person_id,
            at=at,
            reason=reason.strip(),
        )
