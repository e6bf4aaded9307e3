"""What a person has learnt from the bank about one payment, and open answers that are cleared up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict, NotFound

from ..errors import AnswerRefused
from ..models import BankAnswer, Batch, SealedPayment, SettledAnswer
from .applying import apply_answers, hold_answers

ToldKind = Literal["paid", "rejected", "returned"]
LONGEST = 300


def tell_answer(
    *,
    payment_id: UUID,
    kind: ToldKind,
    note: str,
    by: Actor,
    at: datetime,
    booked_date: date | None = None,
    reason_code: str = "",
) -> BankAnswer | None:
    """Write down what the bank has said of one payment, as if it stood in a file. None when it was known.

    Raises AnswerRefused when the payment is not sent, the day lies ahead, or nothing says where it was learnt.
    """
    authorise(by, "payments.read_answer")
    if not note.strip():
        raise AnswerRefused("Skriv hvordan du vet det, for eksempel hvem i banken du snakket med.")
    if booked_date is not None and booked_date > timezone.localdate(at):
        raise AnswerRefused("Dagen ligger frem i tid. Skriv dagen banken førte betalingen.")
    with transaction.atomic():
        hold_answers()
        answer = BankAnswer(
            sealed=(sealed := _sent(payment_id)),
            named=sealed.end_to_end_id,
            kind=kind,
            reason_code=reason_code,
            note=note.strip()[:LONGEST],
            booked_date=booked_date,
            at=at,
            by=by.person_id,
        )
        applied = apply_answers([answer], by=by, at=at)
        if not applied.new:
            return None
        _record("payments.answer_told", payment_id, answer, by, at)
    return answer


def _sent(payment_id: UUID) -> SealedPayment:
    rows = SealedPayment.objects.filter(payment_id=payment_id).select_related("payment", "bank_file__batch")
    sealed = rows.first()
    if sealed is None or sealed.bank_file.batch.state != Batch.State.SENT:
        raise AnswerRefused("Denne betalingen er ikke sendt til banken, så banken kan ikke ha svart på den.")
    return sealed


def settle_answer(*, answer_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Clear up an answer that needed a person: it is no longer shown as open, and stops nothing any more.

    Raises NotFound, Conflict when somebody did before, AnswerRefused without a reason.
    """
    authorise(by, "payments.read_answer")
    if not why.strip():
        raise AnswerRefused("Skriv hva du har funnet ut.")
    with transaction.atomic():
        hold_answers()
        answer = BankAnswer.objects.filter(id=answer_id).first()
        if answer is None:
            raise NotFound("Fant ikke svaret fra banken. Gå til oversikten og velg det på nytt.")
        if SettledAnswer.objects.filter(answer=answer).exists():
            raise Conflict("Noen andre har allerede avklart dette. Last siden på nytt.")
        SettledAnswer.objects.create(answer=answer, why=why.strip()[:LONGEST], by=by.person_id, at=at)
        _record("payments.answer_settled", answer.id, answer, by, at)


def _record(action: str, subject_id: UUID, answer: BankAnswer, by: Actor, at: datetime) -> None:
    record(
        action=action,
        subject_kind="bank_answer",
        subject_id=subject_id,
        by=by.person_id,
        at=at,
        answer=answer.id,
        kind=answer.kind,
        named=answer.named,
    )
