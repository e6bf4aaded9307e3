from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.approvals.api import approve
from runde.foundation.journal.api import record
from runde.foundation.ledger.api import Share, to_bank_file_many
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import hold, once

from .. import manifest
from ..checking import stops_of
from ..errors import PaymentsStopped, ReconcileFirst
from ..models import BankFile, Batch, Payment, PaymentPart, SealedPayment
from ..sealing import digest, write_file
from .batches import APPROVAL, accounts_of, hold_batch, payments_of, refuse_unless
from .change_account import hold_accounts


def approve_batch(*, batch_id: UUID, key: str, by: Actor, at: datetime) -> BankFile:
    """Release a batch another person has prepared: seal its bank file, once and for ever.

    Payments, register and decisions are looked at again as they are now. Everything is committed together: file,
    sealed payments, ledger, approval; the manifest's line is flushed to the disk just before. The same `key`
    again gives the same file. Raises OwnWork, BatchHandled, PaymentsStopped, BankFileRefused, ReconcileFirst.
    """
    authorise(by, "payments.approve")
    body = {"batch_id": str(batch_id), "by": str(by.person_id)}
    with transaction.atomic():  # a caller who shows the refusal and goes on must not keep half of it
        result = once(
            operation="payments.approve_batch",
            key=key,
            body=body,
            at=at,
            work=lambda: {"bank_file_id": str(_approve(batch_id, by, at).id)},
        )
    return BankFile.objects.get(id=UUID(result["bank_file_id"]))


def _approve(batch_id: UUID, by: Actor, at: datetime) -> BankFile:
    batch = hold_batch(batch_id)
    refuse_unless(batch, Batch.State.PREPARED)
    _hold_money(batch)
    approve(kind=APPROVAL, subject_id=batch.id, by=by, at=at)
    _refuse_older_database()
    hold_accounts()
    payments, accounts = payments_of(batch), accounts_of(batch)
    _refuse_stopped(payments, accounts, timezone.localdate(at))
    file = _seal(batch, payments, accounts, by, at)
    record(
        action="payments.batch_sealed",
        subject_kind="payment_batch",
        subject_id=batch.id,
        by=by.person_id,
        at=at,
        bank_file_id=file.id,
        message_id=file.message_id,
        sha256=file.sha256,
        count=file.count,
        sum_nok=file.sum_nok,
    )
    manifest.append_line(line_for(file, manifest.SEALING), at=at)
    return file


def _hold_money(batch: Batch) -> None:
    """No new decision changes what the batch pays between the last look and the file."""
    parts = PaymentPart.objects.filter(payment__batch_lines__batch=batch)
    hold("ledger_source", [str(one) for one in parts.values_list("source_id", flat=True).distinct()])


def _refuse_stopped(payments: list[Payment], accounts: Mapping[UUID, str], today: date) -> None:
    stops = stops_of(payments, on=today, gathered=accounts)
    if stops:
        raise PaymentsStopped(stops)


def _refuse_older_database() -> None:
    """A file that left the house and is not in the database tells that the database has been put back."""
    released = manifest.released_ids()
    known = set(BankFile.objects.filter(id__in=released).values_list("id", flat=True))
    if released - known:
        raise ReconcileFirst(
            "Banken kan ha fått en fil som ikke finnes her. Databasen er trolig lagt tilbake fra en sikkerhetskopi. "
            "Ingen nye filer lages før bankfilene er sammenlignet. Meld fra til den som drifter løsningen.",
            bank_file_ids=sorted(str(one) for one in released - known),
        )


def _seal(
    batch: Batch, payments: list[Payment], accounts: Mapping[UUID, str], by: Actor, at: datetime
) -> BankFile:
    made = write_file(batch, payments, accounts, at=at)
    file = BankFile.objects.create(
        batch=batch,
        message_id=made.message_id,
        content=made.content,
        sha256=digest(made.content),
        count=len(payments),
        sum_nok=made.sum_nok,
        sealed_at=at,
    )
    SealedPayment.objects.bulk_create(
        [
            SealedPayment(
                payment=one, bank_file=file, end_to_end_id=one.reference, account_number=accounts[one.id]
            )
            for one in payments
        ]
    )
    to_bank_file_many(
        shares_of(payments, "bank_file"), by=by, at=at, text=f"Lagt i bankfil {file.message_id}"
    )
    Batch.objects.filter(id=batch.id).update(
        state=Batch.State.SEALED, approved_by=by.person_id, approved_at=at
    )
    return file


def shares_of(payments: list[Payment], step: str) -> list[Share]:
    """The payments' parts as ledger shares; one entry for each payment and step."""
    cases = {payment.id: payment.case_id for payment in payments}
    parts = PaymentPart.objects.filter(payment_id__in=cases).order_by("payment_id", "source_id")
    return [
        Share(f"{step}:{part.payment_id}", cases[part.payment_id], part.source_id, part.amount_nok)
        for part in parts
    ]


def line_for(file: BankFile, event: str) -> manifest.Line:
    return manifest.Line(event, file.id, file.message_id, file.sha256, file.count, file.sum_nok)
