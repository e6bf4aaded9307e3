"""Carries out what the bank has said: kept once, sent batches booked, failed payments owed anew, people told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runde.foundation.notices.api import queue_notices
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import hold

from ..bank_notices import notices_of_answers
from ..domain.answers import FAILED
from ..errors import AnswerRefused
from ..models import BankAnswer, Batch, Payment, PaymentPart, SealedPayment
from .batches import hold_batch
from .mark_sent import book_as_sent
from .renew import renew_failed

Kind = BankAnswer.Kind


@dataclass(frozen=True, slots=True)
class Applied:
    """What was new among what the bank said."""

    new: list[BankAnswer]
    repeated: int


def hold_answers() -> None:
    """One reads at a time."""
    hold("payments", ["answers"])


def apply_answers(answers: Sequence[BankAnswer], *, by: Actor | None, at: datetime) -> Applied:
    """Keep the answers that are new, and carry out what follows. The caller holds the answers' lock.

    Raises AnswerRefused when a batch the bank answers is not marked as sent and nobody is there to say so.
    """
    new = _only_new(answers)
    about = [one for one in new if one.sealed is not None]
    _book_sent(about, by, at)
    BankAnswer.objects.bulk_create(new, batch_size=5000)
    failed = [one for one in about if one.kind in FAILED]
    _hold_money(failed)
    renew_failed(_payments(failed), by=by, at=at)
    queue_notices(notices_of_answers(about), at=at)
    return Applied(new, len(answers) - len(new))


def _payments(answers: Iterable[BankAnswer]) -> list[Payment]:
    return list({one.sealed.payment_id: one.sealed.payment for one in answers if one.sealed}.values())


def _only_new(answers: Sequence[BankAnswer]) -> list[BankAnswer]:
    """Each kind about each payment once; a second booking with another reference of the bank's is told as such."""
    known = _known(answers)
    new: list[BankAnswer] = []
    for one in answers:
        before = known.get(_key(one))
        if before is not None and _is_booked_again(before, one):
            one.kind = Kind.PAID_AGAIN
            before = known.get(_key(one))
        if before is None:
            known[_key(one)] = one
            new.append(one)
    return new


def _key(one: BankAnswer) -> tuple[str, UUID | str]:
    return one.kind, one.sealed_id or one.named


def _known(answers: Sequence[BankAnswer]) -> dict[tuple[str, UUID | str], BankAnswer]:
    sealed = {one.sealed_id for one in answers if one.sealed_id}
    named = {one.named for one in answers if not one.sealed_id}
    rows = BankAnswer.objects.filter(sealed_id__in=sealed).union(
        BankAnswer.objects.filter(sealed__isnull=True, named__in=named)
    )
    return {_key(one): one for one in rows}


def _is_booked_again(before: BankAnswer, now: BankAnswer) -> bool:
    if now.kind != Kind.PAID or not now.sealed_id:
        return False
    return bool(before.bank_reference and now.bank_reference and before.bank_reference != now.bank_reference)


def _book_sent(answers: Sequence[BankAnswer], by: Actor | None, at: datetime) -> None:
    """A bank that answers has the file, also when nobody has said that it was sent."""
    untold = {one.sealed.payment_id for one in answers if one.sealed and one.kind in FAILED}
    for batch_id in sorted({one.sealed.bank_file.batch_id for one in answers if one.sealed}, key=str):
        batch = hold_batch(batch_id)
        if batch.state != Batch.State.SEALED:
            continue
        if by is None:
            raise AnswerRefused(
                f"Banken svarer på betaling {batch.number}, som ikke er merket som sendt. "
                "Merk den som sendt, eller oppgi hvem du er. Ingenting er endret."
            )
        book_as_sent(batch, by=by, at=at, untold=untold)


def _hold_money(failed: Collection[BankAnswer]) -> None:
    """No new decision changes what is owed between the answer and the new attempt."""
    parts = PaymentPart.objects.filter(payment__sealed__in=[one.sealed_id for one in failed])
    hold("ledger_source", [str(one) for one in parts.values_list("source_id", flat=True).distinct()])


def sealed_by_reference(references: Collection[str]) -> dict[str, SealedPayment]:
    rows = SealedPayment.objects.filter(end_to_end_id__in=set(references))
    return {one.end_to_end_id: one for one in rows.select_related("payment", "bank_file__batch")}
