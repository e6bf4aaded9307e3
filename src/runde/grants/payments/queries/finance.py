from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Min, Sum

from runde.engine.bank.api import read_pain001
from runde.foundation.approvals.api import Approval, get_latest
from runde.foundation.ledger.api import sum_posted
from runde.foundation.people.api import names_of

from ..accounts import holdings_of
from ..checking import stops_of
from ..domain.stops import Stop
from ..errors import BatchNotFound
from ..models import BankFile, Batch, BatchLine, Payment
from ..operations.batches import APPROVAL, accounts_of
from ..operations.prepare_batch import waiting
from ..standing import STANDS

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Totals:
    """What must be the same three times, in NOK: decided, written to bank files, told to the bank.

    `sent_nok` counts what is marked as sent, until the bank's own receipts are read.
    """

    decided_nok: Decimal
    in_file_nok: Decimal
    sent_nok: Decimal

    @property
    def agree(self) -> bool:
        return self.decided_nok == self.in_file_nok == self.sent_nok


@dataclass(frozen=True, slots=True)
class Due:
    """What waits to be put in a batch. `next_due_date` is the first day after `on` when more falls due.

    `accounts` is the account that holds for each payment on the day, by the payment's id.
    """

    payments: list[Payment]
    accounts: Mapping[UUID, str]
    stops: list[Stop]
    sum_nok: Decimal
    next_due_date: date | None
    next_count: int

    @property
    def stopped_ids(self) -> frozenset[UUID]:
        return frozenset(stop.payment_id for stop in self.stops)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list."""

    batch: Batch
    count: int
    sum_nok: Decimal


@dataclass(frozen=True, slots=True)
class BatchPage:
    """All one page needs about one batch. `names` by person id; `file` None until sealed.

    `accounts` is the account each payment was gathered on, by the payment's id.
    """

    batch: Batch
    payments: list[Payment]
    accounts: Mapping[UUID, str]
    count: int
    sum_nok: Decimal
    stops: list[Stop]
    file: BankFile | None
    totals: Totals
    returned_reason: str
    names: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class PaymentSituation:
    """How far one case's money has come: waiting, prepared, sealed or sent."""

    state: str
    amount_nok: Decimal
    account_number: str
    due_date: date
    execution_date: date | None
    sent_at: datetime | None


def get_batch(batch_id: UUID) -> Batch:
    """The batch. Raises BatchNotFound."""
    batch = Batch.objects.filter(id=batch_id).first()
    if batch is None:
        raise BatchNotFound("Fant ikke betalingsbunten. Gå til oversikten og velg den på nytt.")
    return batch


def list_due(*, on: date) -> Due:
    """Payments due by a day that lie in no batch, with what stops them."""
    payments = list(waiting().filter(due_date__lte=on))
    later = waiting().order_by().filter(due_date__gt=on).aggregate(first=Min("due_date"))["first"]
    return Due(
        payments=payments,
        accounts={one: holding.number for one, holding in holdings_of(payments, on=on).items()},
        stops=stops_of(payments, on=on),
        sum_nok=sum((payment.amount_nok for payment in payments), NOTHING),
        next_due_date=later,
        next_count=waiting().filter(due_date=later).count() if later else 0,
    )


def list_batches() -> list[BatchRow]:
    """Every batch, newest first."""
    batches = Batch.objects.annotate(lines_count=Count("lines"), lines_sum=Sum("lines__payment__amount_nok"))
    return [
        BatchRow(batch, batch.lines_count, batch.lines_sum or NOTHING)
        for batch in batches.order_by("-number")
    ]


def batch_page(batch_id: UUID, *, on: date) -> BatchPage:
    """The batch with its payments, what stops them (while it can still be stopped) and the three totals."""
    batch = get_batch(batch_id)
    payments = list(Payment.objects.filter(batch_lines__batch=batch).order_by("reference"))
    accounts = accounts_of(batch)
    file = BankFile.objects.filter(batch=batch).first()
    approval = get_latest(APPROVAL, batch.id)
    people = {batch.prepared_by, batch.approved_by, batch.sent_by, approval.decided_by} - {None}
    return BatchPage(
        batch=batch,
        payments=payments,
        accounts=accounts,
        count=len(payments),
        sum_nok=sum((payment.amount_nok for payment in payments), NOTHING),
        stops=stops_of(payments, on=on, gathered=accounts) if batch.state == Batch.State.PREPARED else [],
        file=file,
        totals=_batch_totals(payments, file),
        returned_reason=approval.reason if approval.outcome == Approval.Outcome.RETURNED else "",
        names=names_of({person for person in people if person}),
    )


def reconciliation() -> Totals:
    """The three totals of everything the tenant has decided to pay; what came back from the bank is not sent."""
    stands = Payment.objects.filter(STANDS)
    sealed = stands.filter(sealed__isnull=False)
    sent = sealed.filter(sealed__bank_file__batch__state=Batch.State.SENT)
    decided_nok, in_file_nok, sent_nok = (
        one.aggregate(total=Sum("amount_nok"))["total"] or NOTHING for one in (stands, sealed, sent)
    )
    return Totals(decided_nok, in_file_nok, sent_nok)


def payment_situations(case_ids: Iterable[UUID]) -> dict[UUID, PaymentSituation]:
    """How far the newest payment of each case has come; cases without a payment are left out."""
    live = Payment.objects.filter(STANDS, case_id__in=list(case_ids))
    payments = live.order_by("made_at", "reference")
    newest = {payment.case_id: payment for payment in payments}
    lines = BatchLine.objects.filter(payment__in=newest.values(), is_live=True).select_related("batch")
    placed = {line.payment_id: line for line in lines}
    return {case_id: _situation(one, placed.get(one.id)) for case_id, one in newest.items()}


def _situation(payment: Payment, line: BatchLine | None) -> PaymentSituation:
    batch = line.batch if line else None
    account = line.account_number if line and line.account_number else payment.account_number
    return PaymentSituation(
        state=batch.state if batch else "waiting",
        amount_nok=payment.amount_nok,
        account_number=account,
        due_date=payment.due_date,
        execution_date=batch.execution_date if batch else None,
        sent_at=batch.sent_at if batch else None,
    )


def _batch_totals(payments: list[Payment], file: BankFile | None) -> Totals:
    """What was decided, what the file's own bytes say, and what the ledger holds as paid."""
    return Totals(
        decided_nok=sum((payment.amount_nok for payment in payments), NOTHING),
        in_file_nok=read_pain001(bytes(file.content)).sum_nok if file else NOTHING,
        sent_nok=sum_posted(f"paid:{payment.id}" for payment in payments),
    )
