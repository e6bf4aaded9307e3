from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.trust.api import hold, next_numbers

from ..decided import Granted, granted
from ..domain.naming import due_date, payment_reference
from ..models import Payment, PaymentPart


def make_payments(*, decision_ids: Collection[UUID], at: datetime) -> list[UUID]:
    """Owe the recipients of granted decisions their money; gives the new payments.

    The system itself acts, on a decision two people have made. Decisions that have their payment are left alone.
    """
    with transaction.atomic():
        hold("payments", ["make"])
        known = Payment.objects.filter(decision_id__in=decision_ids).values_list("decision_id", flat=True)
        missing = granted(set(decision_ids) - set(known))
        if not missing:
            return []
        payments = _payments(missing, at)
        Payment.objects.bulk_create(payments, batch_size=5000)
        PaymentPart.objects.bulk_create(_parts(payments, missing))
        record_many([_happening(payment) for payment in payments], by=None, at=at)
    return [payment.id for payment in payments]


def _payments(missing: list[Granted], at: datetime) -> list[Payment]:
    year = timezone.localdate(at).year
    numbers = next_numbers("payment", year, len(missing))
    return [
        Payment(
            decision_id=one.decision_id,
            case_id=one.case_id,
            case_number=one.case_number,
            recipient_number=one.organisation_number,
            recipient_name=one.company_name,
            account_number=one.account_number,
            amount_nok=sum(amount for _, amount in one.shares),
            reference=payment_reference(year, number),
            due_date=due_date(timezone.localdate(one.owed_from)),
            made_at=at,
        )
        for one, number in zip(missing, numbers, strict=True)
    ]


def _parts(payments: list[Payment], missing: list[Granted]) -> list[PaymentPart]:
    return [
        PaymentPart(payment=payment, source_id=source_id, amount_nok=amount)
        for payment, one in zip(payments, missing, strict=True)
        for source_id, amount in one.shares
    ]


def _happening(payment: Payment) -> Happening:
    facts = {
        "decision_id": payment.decision_id,
        "reference": payment.reference,
        "amount_nok": payment.amount_nok,
    }
    return Happening("payments.made", "payment", payment.id, facts)
