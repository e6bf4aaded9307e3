from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.ledger.api import mark_paid_many
from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor, authorise

from ..models import Batch
from ..notices import notices_for
from .approve_batch import shares_of
from .batches import accounts_of, hold_batch, payments_of, refuse_unless


def mark_sent(*, batch_id: UUID, by: Actor, at: datetime) -> None:
    """Say that the file has gone to the bank: books the payments as paid and tells the applicants.

    Raises BatchHandled unless the batch is sealed and not yet sent.
    """
    authorise(by, "payments.mark_sent")
    with transaction.atomic():
        batch = hold_batch(batch_id)
        refuse_unless(batch, Batch.State.SEALED)
        book_as_sent(batch, by=by, at=at)


def book_as_sent(batch: Batch, *, by: Actor, at: datetime, untold: Set[UUID] = frozenset()) -> None:
    """The sealed batch, held by the caller, is at the bank. Who applied for the `untold` payments gets no mail."""
    payments = payments_of(batch)
    mark_paid_many(shares_of(payments, "paid"), by=by, at=at, text=f"Sendt til bank, betaling {batch.number}")
    Batch.objects.filter(id=batch.id).update(state=Batch.State.SENT, sent_by=by.person_id, sent_at=at)
    told = [payment for payment in payments if payment.id not in untold]
    queue_notices(notices_for(told, accounts_of(batch), batch.execution_date), at=at)
    record(
        action="payments.batch_sent",
        subject_kind="payment_batch",
        subject_id=batch.id,
        by=by.person_id,
        at=at,
        count=len(payments),
    )
