"""How what was sent stands at the bank: the totals, what needs a person, and the files that were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from runde.engine.reference.api import BankReason, bank_reason
from runde.foundation.people.api import names_of
from runde.foundation.trust.api import NotFound

from ..domain.answers import FAILED, BankState, bank_state
from ..models import AnswerFile, BankAnswer, Batch, Payment, SealedPayment
from ..standing import STANDS

NOTHING = Decimal("0.00")
Kind = BankAnswer.Kind
NEEDS_SOMEONE = (
    Kind.REJECTED,
    Kind.RETURNED,
    Kind.DIFFERS,
    Kind.PAID_AGAIN,
    Kind.UNKNOWN,
    Kind.REPEATED,
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that needs a person. `payment` None: it names no payment of ours.

    `state` is what all answers about the payment come to; `renewal` is the attempt that waits, when there is one.
    `paid_anew` is True when that attempt is in a bank file already: the money may be out twice.
    """

    answer: BankAnswer
    payment: Payment | None
    state: BankState | None
    reason: BankReason
    renewal: Payment | None
    paid_anew: bool


@dataclass(frozen=True, slots=True)
class BankTotals:
    """What must be the same three times, in NOK: decided, sent to the bank, paid by the bank's own word."""

    decided_nok: Decimal
    sent_nok: Decimal
    paid_nok: Decimal

    @property
    def agree(self) -> bool:
        return self.decided_nok == self.sent_nok == self.paid_nok


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A file that was read, with how many new answers it gave. `names` of people are on the page."""

    file: AnswerFile
    answers: int


@dataclass(frozen=True, slots=True)
class BankPage:
    """All one page needs. `sent` counts what stands at the bank and what it has failed to pay and waits to go again;
    `paid` those it has paid, `waiting` are sent without a final answer.
    """

    sent: int
    paid: int
    totals: BankTotals
    troubles: list[Trouble]
    waiting: list[Payment]
    settled: QuerySet[Payment]
    files: list[ReadRow]
    names: dict[UUID, str]


def bank_page() -> BankPage:
    """How everything the tenant has sent stands at the bank."""
    sent = Payment.objects.filter(STANDS, sealed__bank_file__batch__state=Batch.State.SENT).order_by(
        "reference"
    )
    paid = sent.filter(sealed__answers__kind=Kind.PAID)
    troubles = list_troubles()
    failed = {one.renewal.id for one in troubles if one.renewal and not one.paid_anew}
    files = list(AnswerFile.objects.defer("content").annotate(n=Count("answers")).order_by("-read_at"))
    return BankPage(
        sent=sent.count() + len(failed),
        paid=paid.count(),
        totals=BankTotals(_sum(Payment.objects.filter(STANDS)), _sum(sent), _sum(paid)),
        troubles=troubles,
        waiting=list(sent.exclude(sealed__answers__kind=Kind.PAID)),
        settled=paid,
        files=[ReadRow(one, one.n) for one in files],
        names=names_of({one.read_by for one in files if one.read_by}),
    )


def list_troubles() -> list[Trouble]:
    """The open answers that need a person, the oldest first. A fixed number of queries."""
    rows = BankAnswer.objects.filter(kind__in=NEEDS_SOMEONE, settled__isnull=True)
    answers = list(rows.select_related("sealed__payment", "file").defer("file__content").order_by("at", "id"))
    kinds = _kinds(one.sealed_id for one in answers)
    renewals = _renewals(one.sealed.payment_id for one in answers if one.sealed)
    found = [_trouble(one, kinds, renewals) for one in answers]
    return [one for one in found if _is_open(one)]


def get_trouble(answer_id: UUID) -> Trouble | None:
    """The open answer; None when it is settled. Raises NotFound."""
    if not BankAnswer.objects.filter(id=answer_id).exists():
        raise NotFound("Vi finner ikke svaret fra banken. Gå til lista og åpne det derfra.")
    return next((one for one in list_troubles() if one.answer.id == answer_id), None)


def find_sent(payment_id: UUID) -> Payment | None:
    """A payment that stands and is at the bank."""
    sent = Payment.objects.filter(STANDS, sealed__bank_file__batch__state=Batch.State.SENT)
    return sent.filter(id=payment_id).first()


def bank_states(payment_ids: Iterable[UUID]) -> dict[UUID, BankState]:
    """How sent payments stand at the bank; those that never were in a bank file are left out."""
    wanted = list(payment_ids)
    found: dict[UUID, set[str]] = {}
    rows = SealedPayment.objects.filter(payment_id__in=wanted).values_list("payment_id", "answers__kind")
    for payment_id, kind in rows:
        found.setdefault(payment_id, set()).add(kind or "")
    return {payment_id: bank_state(kinds) for payment_id, kinds in found.items()}


def _trouble(one: BankAnswer, kinds: Mapping[UUID, set[str]], renewals: Mapping[UUID, Payment]) -> Trouble:
    payment = one.sealed.payment if one.sealed else None
    renewal = renewals.get(payment.id) if payment else None
    return Trouble(
        answer=one,
        payment=payment,
        state=bank_state(kinds.get(one.sealed_id, set())) if one.sealed_id else None,
        reason=bank_reason(one.reason_code, timezone.localdate(one.at)),
        renewal=renewal,
        paid_anew=renewal is not None and hasattr(renewal, "sealed"),
    )


def _is_open(one: Trouble) -> bool:
    """A failed payment is done with when its next attempt is in a bank file, or a new decision took over."""
    if one.answer.kind in FAILED:
        is_done = one.renewal is not None and (one.paid_anew or hasattr(one.renewal, "superseded"))
        return one.state is BankState.UNSURE or not is_done
    return not (one.answer.kind == Kind.REPEATED and one.state is BankState.PAID)


def _kinds(sealed_ids: Iterable[UUID | None]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    wanted = {one for one in sealed_ids if one}
    rows = BankAnswer.objects.filter(sealed_id__in=wanted).values_list("sealed_id", "kind")
    for sealed_id, kind in rows:
        if sealed_id:
            found.setdefault(sealed_id, set()).add(kind)
    return found


def _renewals(payment_ids: Iterable[UUID]) -> dict[UUID, Payment]:
    rows = Payment.objects.filter(renews_id__in=set(payment_ids)).select_related("sealed", "superseded")
    return {one.renews_id: one for one in rows if one.renews_id}


def _sum(payments: QuerySet[Payment]) -> Decimal:
    return payments.aggregate(total=Sum("amount_nok"))["total"] or NOTHING
