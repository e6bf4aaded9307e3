from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from runde.engine.reference.api import date_text, is_bank_day
from runde.foundation.approvals.api import ask_approval
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import hold, next_numbers

from ..accounts import holdings_of
from ..checking import stops_of
from ..errors import AlreadyInBatch, NothingToPay, PaymentsRefused, PaymentsStopped
from ..models import Batch, BatchLine, Payment
from ..standing import STANDS
from .batches import APPROVAL


def prepare_batch(
    *, execution_date: date, by: Actor, at: datetime, payment_ids: Collection[UUID] | None = None
) -> Batch:
    """Gather payments for the bank, and lay them before another person.

    Takes the chosen payments, or (None) all that are due by `execution_date` and that nothing stops. Raises
    PaymentsStopped when a chosen one is stopped, AlreadyInBatch, NothingToPay.
    """
    authorise(by, "payments.prepare")
    today = timezone.localdate(at)
    _refuse_odd_day(execution_date, today)
    with transaction.atomic():
        hold("payments", ["prepare"])
        if payment_ids is None:
            payments = _all_due(execution_date, today)
        else:
            payments = _chosen(set(payment_ids), today)
        return _write(payments, execution_date, by, at)


def waiting() -> QuerySet[Payment]:
    """Payments that are still to be paid and have no place in a batch, in the order of their references."""
    placed = BatchLine.objects.filter(payment=OuterRef("pk"), is_live=True)
    return Payment.objects.filter(STANDS, ~Exists(placed)).order_by("reference")


def _refuse_odd_day(execution_date: date, today: date) -> None:
    if execution_date < today:
        raise PaymentsRefused(
            f"Betalingsdagen {date_text(execution_date)} er passert. Velg en senere bankdag."
        )
    if not is_bank_day(execution_date):
        raise PaymentsRefused(f"{date_text(execution_date)} er ikke en bankdag. Velg en annen dag.")


def _all_due(execution_date: date, today: date) -> list[Payment]:
    due = list(waiting().filter(due_date__lte=execution_date))
    stops = stops_of(due, on=today)
    stopped = {stop.payment_id for stop in stops}
    free = [payment for payment in due if payment.id not in stopped]
    if free:
        return free
    if stops:
        raise PaymentsStopped(stops)
    raise NothingToPay("Det er ingenting å betale nå. Velg en senere betalingsdag, eller vent på nye vedtak.")


def _chosen(payment_ids: set[UUID], today: date) -> list[Payment]:
    payments = list(waiting().filter(id__in=payment_ids))
    if not payment_ids:
        raise NothingToPay("Velg minst én betaling.")
    if len(payments) != len(payment_ids):
        raise AlreadyInBatch(
            "Minst én av betalingene ligger allerede i en bunt. Last siden på nytt og velg igjen."
        )
    stops = stops_of(payments, on=today)
    if stops:
        raise PaymentsStopped(stops)
    return payments


def _write(payments: list[Payment], execution_date: date, by: Actor, at: datetime) -> Batch:
    (number,) = next_numbers("payment_batch", 0)
    batch = Batch.objects.create(
        number=number, execution_date=execution_date, prepared_by=by.person_id, prepared_at=at
    )
    accounts = holdings_of(payments, on=timezone.localdate(at))
    BatchLine.objects.bulk_create(
        [BatchLine(batch=batch, payment=one, account_number=accounts[one.id].number) for one in payments],
        batch_size=5000,
    )
    ask_approval(kind=APPROVAL, subject_id=batch.id, by=by, at=at)
    record(
        action="payments.batch_prepared",
        subject_kind="payment_batch",
        subject_id=batch.id,
        by=by.person_id,
        at=at,
        number=number,
        count=len(payments),
        sum_nok=sum((payment.amount_nok for payment in payments), Decimal(0)),
        execution_date=execution_date,
    )
    return batch
