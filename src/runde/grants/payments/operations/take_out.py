from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Sum

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.trust.api import hold

from ..errors import AlreadyInBatch
from ..models import BatchLine, Payment, PaymentPart, Superseded


def waiting_parts(case_id: UUID) -> dict[UUID, Decimal]:
    """By source, what is owed in the case and has not left for the bank."""
    parts = PaymentPart.objects.filter(payment__in=_waiting(case_id))
    return dict(parts.values_list("source_id").annotate(total=Sum("amount_nok")))


@transaction.atomic
def take_out_waiting(*, case_id: UUID, at: datetime) -> dict[UUID, Decimal]:
    """What waits to be paid in the case never will be; gives what it was, by source. Raises AlreadyInBatch.

    The caller has asked two persons, and books the money back.
    """
    hold("payments", ["make"])
    waiting = list(_waiting(case_id))
    if BatchLine.objects.filter(payment__in=waiting, is_live=True).exists():
        raise AlreadyInBatch(
            "Penger i saken ligger i en betaling. Send den tilbake først, eller vent på banken."
        )
    parts = waiting_parts(case_id)
    Superseded.objects.bulk_create(
        [Superseded(payment=one, by_decision_id=one.decision_id, at=at) for one in waiting]
    )
    record_many(
        [
            Happening("payments.taken_out", "payment", one.id, {"amount_nok": one.amount_nok})
            for one in waiting
        ],
        by=None,
        at=at,
    )
    return parts


def _waiting(case_id: UUID) -> QuerySet[Payment]:
    return Payment.objects.filter(case_id=case_id, sealed__isnull=True, superseded__isnull=True)
