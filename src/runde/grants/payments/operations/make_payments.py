from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.trust.api import hold, next_numbers

from ..decided import Granted, granted, newest_of_replaced
from ..domain.naming import due_date, payment_reference
from ..models import Payment, PaymentPart, Superseded

NOTHING = Decimal(0)


def make_payments(*, decision_ids: Collection[UUID], at: datetime) -> list[UUID]:
    """Owe the recipients of granted decisions their money; gives the new payments.

    The system itself acts, on a decision two people have made. Decisions that have their payment are left alone.
    Of a grant that was changed, only what has not left for the bank is owed: older payments that wait are taken out,
    and never paid.
    """
    with transaction.atomic():
        hold("payments", ["make"])
        known = Payment.objects.filter(decision_id__in=decision_ids).values_list("decision_id", flat=True)
        new = set(decision_ids) - set(known)
        supersede(new, at)
        missing = _still_owed(granted(new))
        if not missing:
            return []
        payments = _payments(missing, at)
        Payment.objects.bulk_create(payments, batch_size=5000)
        PaymentPart.objects.bulk_create(_parts(payments, missing))
        record_many([_happening(payment) for payment in payments], by=None, at=at)
    return [payment.id for payment in payments]


def supersede(decision_ids: Collection[UUID], at: datetime) -> None:
    """Take out what waits to be paid by the decisions these have taken the place of."""
    newest = newest_of_replaced(decision_ids)
    old = Payment.objects.filter(
        decision_id__in=newest, sealed__isnull=True, superseded__isnull=True
    ).order_by("reference")
    taken = [Superseded(payment=one, by_decision_id=newest[one.decision_id], at=at) for one in old]
    Superseded.objects.bulk_create(taken)
    record_many([_taken_out(one) for one in taken], by=None, at=at)


def _still_owed(found: list[Granted]) -> list[Granted]:
    """Without what is sealed for the bank in the same case already; nothing is left of some."""
    gone = _sealed_in({one.case_id for one in found})
    return [owed for one in found if (owed := _without(one, gone)).shares]


def _sealed_in(case_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Decimal]:
    """By case and source, what stands in bank files and has not come back."""
    sealed = PaymentPart.objects.filter(payment__case_id__in=case_ids, payment__sealed__isnull=False)
    parts = sealed.filter(payment__renewal__isnull=True)
    rows = parts.values_list("payment__case_id", "source_id").annotate(total=Sum("amount_nok"))
    return {(case_id, source_id): total for case_id, source_id, total in rows}


def _without(one: Granted, gone: Mapping[tuple[UUID, UUID], Decimal]) -> Granted:
    owed = [
        (source_id, amount - gone.get((one.case_id, source_id), NOTHING)) for source_id, amount in one.shares
    ]
    return replace(one, shares=tuple(share for share in owed if share[1]))


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


def _taken_out(one: Superseded) -> Happening:
    facts = {"decision_id": one.by_decision_id, "amount_nok": one.payment.amount_nok}
    return Happening("payments.superseded", "payment", one.payment_id, facts)


def _happening(payment: Payment) -> Happening:
    facts = {
        "decision_id": payment.decision_id,
        "reference": payment.reference,
        "amount_nok": payment.amount_nok,
    }
    return Happening("payments.made", "payment", payment.id, facts)
