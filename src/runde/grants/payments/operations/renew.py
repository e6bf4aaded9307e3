"""What the bank did not carry out is owed anew: the money back on the case, and another attempt that waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.ledger.api import come_back_many
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import hold, next_numbers

from ..domain.naming import due_date, payment_reference
from ..models import Payment, PaymentPart
from .approve_batch import shares_of

COME_BACK = "came_back"


def renew_failed(payments: Sequence[Payment], *, by: Actor | None, at: datetime) -> list[Payment]:
    """Owe these payments anew, once each; the caller holds their batches. Those that are owed anew are left alone."""
    known = Payment.objects.filter(renews__in=payments).values_list("renews_id", flat=True)
    done = set(known)
    failed = [one for one in payments if one.id not in done]
    if not failed:
        return []
    come_back_many(shares_of(failed, COME_BACK), by=by, at=at)
    hold("payments", ["make"])
    renewals = _renewals(failed, at)
    Payment.objects.bulk_create(renewals, batch_size=5000)
    PaymentPart.objects.bulk_create(_parts(renewals), batch_size=5000)
    record_many([_happening(one) for one in renewals], by=by.person_id if by else None, at=at)
    return renewals


def _renewals(failed: Sequence[Payment], at: datetime) -> list[Payment]:
    today = timezone.localdate(at)
    numbers = next_numbers("payment", today.year, len(failed))
    return [
        Payment(
            decision_id=one.decision_id,
            case_id=one.case_id,
            case_number=one.case_number,
            recipient_number=one.recipient_number,
            recipient_name=one.recipient_name,
            account_number=one.account_number,
            amount_nok=one.amount_nok,
            reference=payment_reference(today.year, number),
            due_date=due_date(today),
            made_at=at,
            attempt=one.attempt + 1,
            renews=one,
        )
        for one, number in zip(failed, numbers, strict=True)
    ]


def _parts(renewals: Sequence[Payment]) -> list[PaymentPart]:
    anew: dict[UUID, Payment] = {one.renews_id: one for one in renewals if one.renews_id}
    return [
        PaymentPart(payment=anew[part.payment_id], source_id=part.source_id, amount_nok=part.amount_nok)
        for part in PaymentPart.objects.filter(payment_id__in=list(anew)).order_by("payment_id", "source_id")
    ]


def _happening(one: Payment) -> Happening:
    facts = {
        "decision_id": one.decision_id,
        "reference": one.reference,
        "amount_nok": one.amount_nok,
        "renews": one.renews_id,
    }
    return Happening("payments.made", "payment", one.id, facts)
