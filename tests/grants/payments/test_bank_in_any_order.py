"""The bank's answers in any order, doubled, late and contradicting, between all the acts of people.

After every step the books balance and stand where the answers say, and no krone is on its way twice.
"""

from __future__ import annotations

import itertools
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from runde.engine.reference.api import synthetic_account
from runde.foundation.approvals.api import OwnWork
from runde.foundation.ledger import api as ledger
from runde.foundation.trust.api import fence
from runde.grants.payments import api as payments
from runde.grants.payments.models import (
    AccountChange,
    AnswerFile,
    BankAnswer,
    BankFile,
    Batch,
    Payment,
    SealedPayment,
)
from tests.engine.bank.answers import booked, entry, notice, status, status_file, whole

from .conftest import PAYER, Town, build_town, found_municipality

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REFUSALS = (payments.PaymentsRefused, payments.BatchHandled, payments.AlreadyInBatch, OwnWork)
SAID = ("paid", "rejected", "returned", "accepted", "repeated", "paid_again", "other_amount")
names = st.sampled_from(["kari", "ola"])
which = st.integers(0, 5)


class Bank(RuleBasedStateMachine):
    """A small municipality and its bank. Each run is one transaction that is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.outer = self.stack.enter_context(transaction.atomic())
        self.stack.enter_context(fence(found_municipality()))
        self.town: Town = build_town(AT)
        self.count = itertools.count()
        self.files: list[bytes] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        with suppress(transaction.TransactionManagementError):
            self.stack.close()

    @rule(amount=st.integers(1, 400))
    def decide(self, amount: int) -> None:
        self.town.decide(amount)

    @rule(who=names)
    def prepare(self, who: str) -> None:
        self._try(lambda: self.town.prepare(by=self.town.actors[who]))

    @rule(place=which, who=names)
    def approve(self, place: int, who: str) -> None:
        if batch := self._one(Batch, place):
            self._try(lambda: self.town.approve(batch, by=who))

    @rule(place=which)
    def send(self, place: int) -> None:
        if batch := self._one(Batch, place):
            by = self.town.actors["kari"]
            self._try(lambda: payments.mark_sent(batch_id=batch.id, by=by, at=AT))

    @rule(place=which, said=st.sampled_from(SAID))
    def answer(self, place: int, said: str) -> None:
        if sealed := self._one(SealedPayment, place):
            self._read(self._content(sealed, said))

    @rule(place=which, code=st.sampled_from(["AM04", "DUPL"]))
    def refuse_whole(self, place: int, code: str) -> None:
        if file := self._one(BankFile, place):
            self._read(
                status_file(group=whole("RJCT", code), message=file.message_id, status_id=self._new_id())
            )

    @rule(place=which)
    def read_again(self, place: int) -> None:
        if self.files:
            before = self._everything()
            self._read(self.files[place % len(self.files)])
            assert self._everything() == before

    @rule(place=which, cut=st.integers(1, 200))
    def read_cut(self, place: int, cut: int) -> None:
        if self.files:
            before, content = self._everything(), self.files[place % len(self.files)]
            self._read(content.rstrip()[:-cut], keep=False)
            assert self._everything() == before

    @rule(place=which)
    def mend_account(self, place: int) -> None:
        if payment := self._one(Payment, place):
            n = next(self.count)
            AccountChange.objects.create(
                case_id=payment.case_id,
                organisation_number=payment.recipient_number,
                old_number=payment.account_number,
                new_number=synthetic_account(5000 + n),
                asked_by=self.town.actors["applicant"].person_id,
                asked_at=AT,
                effective_date=AT.date(),
            )

    @rule(place=which)
    def settle(self, place: int) -> None:
        troubles = payments.list_troubles()
        if troubles:
            answer, by = troubles[place % len(troubles)].answer, self.town.actors["kari"]
            payments.settle_answer(answer_id=answer.id, why="Avklart.", by=by, at=AT)

    @invariant()
    def books_say_what_the_answers_say(self) -> None:
        places = {"committed": Decimal(0), "in_bank_file": Decimal(0), "paid": Decimal(0)}
        for payment in Payment.objects.all():
            place = self._place(payment)
            if place:
                places[place] += payment.amount_nok
        stands = ledger.balances(self.town.sources).values()
        assert {name: sum(getattr(one, name) for one in stands) for name in places} == places
        assert ledger.is_balanced()

    @invariant()
    def nothing_is_on_its_way_twice(self) -> None:
        """Of the attempts for one decision, all but the last have failed by the bank's own word."""
        for payment in Payment.objects.exclude(renews=None):
            assert payment.renews_id in self._failed()
        live = Payment.objects.filter(renewal__isnull=True, superseded__isnull=True)
        decisions = list(live.values_list("decision_id", flat=True))
        assert len(decisions) == len(set(decisions)) == self.town.decided

    @invariant()
    def what_failed_waits_once(self) -> None:
        failed = self._failed()
        assert set(Payment.objects.exclude(renews=None).values_list("renews_id", flat=True)) == failed

    def _failed(self) -> set[Any]:
        rows = BankAnswer.objects.filter(kind__in=payments.FAILED)
        return set(rows.values_list("sealed__payment_id", flat=True))

    def _place(self, payment: Payment) -> str:
        if Payment.objects.filter(renews=payment).exists():
            return ""
        sealed = SealedPayment.objects.filter(payment=payment).select_related("bank_file__batch").first()
        if sealed is None:
            return "committed"
        return "paid" if sealed.bank_file.batch.state == Batch.State.SENT else "in_bank_file"

    def _content(self, sealed: SealedPayment, said: str) -> bytes:
        reference, message = sealed.end_to_end_id, sealed.bank_file.message_id
        amount = str(sealed.payment.amount_nok)
        if said in ("rejected", "repeated", "accepted"):
            reason = {"rejected": "AC04", "repeated": "DUPL", "accepted": ""}[said]
            code = "PDNG" if said == "accepted" else "RJCT"
            return status_file(status(reference, code, reason), message=message, status_id=self._new_id())
        own = self._new_id() if said == "paid_again" else "B-1"
        money = "0.01" if said == "other_amount" else amount
        direction = "CRDT" if said == "returned" else "DBIT"
        line = entry([booked(reference, money, bank_reference=own)], amount=money, direction=direction)
        return notice(line, account=PAYER, notice_id=self._new_id())

    def _read(self, content: bytes, *, keep: bool = True) -> None:
        by = self.town.actors["kari"]
        self._try(lambda: payments.read_answer(content=content, file_name="svar.xml", by=by, at=AT))
        if keep and content not in self.files and AnswerFile.objects.exists():
            self.files.append(content)

    def _everything(self) -> tuple[Any, ...]:
        stands = ledger.balances(self.town.sources)
        return stands, Payment.objects.count(), BankAnswer.objects.count(), AnswerFile.objects.count()

    def _one(self, model: Any, place: int) -> Any:
        rows = list(model.objects.order_by("id"))
        return rows[place % len(rows)] if rows else None

    def _new_id(self) -> str:
        return f"BANK-{next(self.count)}"

    def _try(self, work: Any) -> None:
        with suppress(*REFUSALS), transaction.atomic():
            work()


@pytest.mark.django_db
def test_nothing_is_paid_twice_whatever_the_bank_says(manifests: Path) -> None:
    assert manifests == house.MANIFESTS
    run_state_machine_as_test(
        Bank,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
