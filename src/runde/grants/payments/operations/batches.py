"""What the operations on a batch share: finding it under lock, and its payments."""

from __future__ import annotations

from uuid import UUID

from runde.foundation.people.api import names_of
from runde.foundation.trust.api import hold

from ..errors import BatchHandled, BatchNotFound
from ..models import Batch, BatchLine, Payment

APPROVAL = "payment_batch"


def hold_batch(batch_id: UUID) -> Batch:
    """The batch as it stands now; nobody else can act on it until the transaction ends. Raises BatchNotFound."""
    hold("payment_batch", [str(batch_id)])
    batch = Batch.objects.filter(id=batch_id).first()
    if batch is None:
        raise BatchNotFound("Fant ikke betalingsbunten. Gå til oversikten og velg den på nytt.")
    return batch


def refuse_unless(batch: Batch, *states: Batch.State) -> None:
    """Raise BatchHandled, saying what has been done and by whom, unless the batch is in one of the states."""
    if batch.state in states:
        return
    raise BatchHandled(f"{_what_was_done(batch)} Last siden på nytt.", state=batch.state)


def _what_was_done(batch: Batch) -> str:
    names = names_of({person for person in (batch.approved_by, batch.sent_by) if person})
    if batch.state == Batch.State.SENT and batch.sent_by:
        return (
            f"Betaling {batch.number} er allerede merket som sendt av {names.get(batch.sent_by, 'en annen')}."
        )
    if batch.state == Batch.State.SEALED and batch.approved_by:
        return f"Betaling {batch.number} er allerede godkjent av {names.get(batch.approved_by, 'en annen')}."
    if batch.state == Batch.State.RETURNED:
        return f"Betaling {batch.number} er sendt tilbake."
    return f"Betaling {batch.number} venter på godkjenning og kan ikke merkes som sendt."


def accounts_of(batch: Batch) -> dict[UUID, str]:
    """The account each payment of the batch was gathered on, by payment."""
    rows = BatchLine.objects.filter(batch=batch).select_related("payment")
    return {one.payment_id: one.account_number or one.payment.account_number for one in rows}


def payments_of(batch: Batch) -> list[Payment]:
    """The batch's payments in the order of their references."""
    return list(Payment.objects.filter(batch_lines__batch=batch).order_by("reference"))
