"""From decision to sent: what is owed, who releases it, and what is sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.engine.bank.api import read_pain001
from runde.foundation.approvals.api import OwnWork, find_pending
from runde.foundation.journal.models import Event
from runde.foundation.ledger import api as ledger
from runde.foundation.notices.models import Notice
from runde.foundation.trust.api import Conflict, NotAllowed
from runde.grants.casework.api import Decision, decisions_made
from runde.grants.payments import api as payments
from runde.grants.payments.models import BankFile, Payment, SealedPayment

from .conftest import Town, put_in_register


def test_a_granted_decision_is_owed_once(town: Town) -> None:
    decisions = town.decide(250)
    payments.make_payments(decision_ids=decisions, at=town.at)
    payment = Payment.objects.get()
    assert (payment.amount_nok, payment.reference, payment.case_number) == (
        Decimal(250),
        "U-2026-000001",
        "26/1",
    )
    assert payment.due_date == date(2026, 11, 23)
    parts = payment.parts.order_by("amount_nok").values_list("source_id", "amount_nok")
    assert list(parts) == [(town.sources[0], Decimal(100)), (town.sources[1], Decimal(150))]


def test_decisions_are_owed_when_they_are_made(town: Town) -> None:
    decisions = Decision.objects.filter(id__in=town.decide(250, paid=False))
    decisions_made.send(sender=Decision, decisions=list(decisions), awards=[], by=None, at=town.at)
    assert Payment.objects.get().amount_nok == 250


def test_a_refusal_is_owed_nothing(town: Town) -> None:
    assert payments.make_payments(decision_ids=[uuid4()], at=town.at) == []


def test_the_whole_way_to_the_bank(town: Town) -> None:
    town.decide(250, 1000, 99)
    batch = town.prepare()
    file = town.approve(batch)
    content = town.bytes_of(batch)
    read = read_pain001(content)
    assert (read.count, read.sum_nok, read.message_id) == (3, Decimal(1349), "RUNDE-310000019-000001")
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert {line.debtor_account for line in read.blocks} == {"99999900018"}
    stand = ledger.balances(town.sources)
    assert [stand[source].in_bank_file for source in town.sources] == [Decimal(299), Decimal(1050)]
    payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=town.at)
    stand = ledger.balances(town.sources)
    assert [stand[source].paid for source in town.sources] == [Decimal(299), Decimal(1050)]
    assert [stand[source].in_bank_file for source in town.sources] == [0, 0]
    page = payments.batch_page(batch.id, on=date(2026, 11, 24))
    assert page.totals == payments.Totals(Decimal(1349), Decimal(1349), Decimal(1349))
    assert payments.reconciliation().agree


def test_the_applicants_are_told(town: Town) -> None:
    town.decide(250)
    batch = town.prepare()
    town.approve(batch)
    assert not Notice.objects.exists()
    payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=town.at)
    notice = Notice.objects.get()
    assert notice.to_person_id == town.actors["applicant"].person_id
    assert notice.subject == "Pengene er på vei, sak 26/1"
    assert "250\xa0kroner" in notice.body


def test_each_step_is_told_in_the_journal(town: Town) -> None:
    town.decide(250)
    batch = town.prepare()
    town.approve(batch)
    payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=town.at)
    told = Event.objects.filter(action__startswith="payments.", chain="events").order_by("seq")
    assert list(told.values_list("action", flat=True)) == [
        "payments.payer_account_set",
        "payments.made",
        "payments.batch_prepared",
        "payments.batch_sealed",
        "payments.batch_sent",
    ]


def test_the_bytes_are_the_same_every_time(town: Town) -> None:
    town.decide(10, 20)
    batch = town.prepare()
    town.approve(batch)
    assert len({town.bytes_of(batch) for _ in range(50)}) == 1
    assert Event.objects.filter(chain="readings", subject_kind="bank_file").count() == 50


def test_who_prepared_cannot_approve_or_return(town: Town) -> None:
    town.decide(10)
    batch = town.prepare()
    with pytest.raises(OwnWork):
        town.approve(batch, by="kari")
    with pytest.raises(OwnWork):
        payments.return_batch(batch_id=batch.id, reason="Feil dag", by=town.actors["kari"], at=town.at)
    assert not BankFile.objects.exists()


def test_an_approver_may_approve_and_an_officer_may_nothing(town: Town) -> None:
    town.decide(10)
    officer = town.actors["officer"]
    with pytest.raises(NotAllowed, match="økonomi"):
        town.prepare(by=officer)
    batch = town.prepare()
    with pytest.raises(NotAllowed):
        town.approve(batch, by="officer")
    with pytest.raises(NotAllowed):
        payments.mark_sent(batch_id=batch.id, by=officer, at=town.at)
    town.approve(batch, by="approver")
    with pytest.raises(NotAllowed):
        payments.bank_file_bytes(batch_id=batch.id, by=officer, at=town.at)


def test_the_same_key_gives_the_same_file(town: Town) -> None:
    town.decide(10)
    batch = town.prepare()
    assert town.approve(batch, key="k").id == town.approve(batch, key="k").id
    assert SealedPayment.objects.count() == 1


def test_the_same_key_for_another_person_or_batch_is_refused(town: Town) -> None:
    town.decide(10)
    batch = town.prepare()
    town.approve(batch, key="k")
    with pytest.raises(Conflict):
        town.approve(batch, key="k", by="approver")


def test_a_second_approval_is_refused_with_the_first_ones_name(town: Town) -> None:
    town.decide(10)
    batch = town.prepare()
    town.approve(batch)
    with pytest.raises(payments.BatchHandled, match="allerede godkjent av Ola"):
        town.approve(batch, by="approver")


def test_a_batch_is_sent_once_and_only_when_sealed(town: Town) -> None:
    town.decide(10)
    batch, kari = town.prepare(), town.actors["kari"]
    with pytest.raises(payments.BatchHandled, match="venter på godkjenning"):
        payments.mark_sent(batch_id=batch.id, by=kari, at=town.at)
    town.approve(batch)
    payments.mark_sent(batch_id=batch.id, by=kari, at=town.at)
    with pytest.raises(payments.BatchHandled, match="allerede merket som sendt av Kari"):
        payments.mark_sent(batch_id=batch.id, by=kari, at=town.at)


def test_a_returned_batch_lets_its_payments_into_a_new_one(town: Town) -> None:
    town.decide(10, 20)
    first = town.prepare()
    payments.return_batch(batch_id=first.id, reason="Feil dag", by=town.actors["ola"], at=town.at)
    with pytest.raises(payments.BatchHandled, match="sendt tilbake"):
        town.approve(first)
    second = town.prepare()
    file = town.approve(second)
    assert (second.number, file.count, file.message_id) == (2, 2, "RUNDE-310000019-000002")
    assert payments.batch_page(first.id, on=town.at.date()).returned_reason == "Feil dag"


def test_a_payment_lies_in_one_batch_only(town: Town) -> None:
    town.decide(10)
    (payment,) = Payment.objects.all()
    town.prepare(payment_ids=[payment.id])
    with pytest.raises(payments.AlreadyInBatch):
        town.prepare(payment_ids=[payment.id])
    with pytest.raises(payments.NothingToPay):
        town.prepare()


def test_what_is_not_due_waits(town: Town) -> None:
    town.decide(10)
    assert payments.list_due(on=date(2026, 11, 22)).next_due_date == date(2026, 11, 23)
    assert payments.list_due(on=date(2026, 11, 23)).sum_nok == 10


@pytest.mark.parametrize(
    ("day", "why"), [(date(2026, 11, 22), "er passert"), (date(2026, 12, 25), "ikke en bankdag")]
)
def test_an_odd_execution_day_is_refused(town: Town, day: date, why: str) -> None:
    town.decide(10)
    with pytest.raises(payments.PaymentsRefused, match=why):
        town.prepare(execution_date=day)


def test_a_day_that_has_passed_before_approval_is_refused_and_nothing_is_sealed(town: Town) -> None:
    town.decide(10)
    batch = town.prepare()
    with pytest.raises(payments.BankFileRefused, match="er passert"):
        payments.approve_batch(batch_id=batch.id, key="k", by=town.actors["ola"], at=town.at.replace(day=26))


def test_without_a_payer_account_nothing_is_sealed(town: Town) -> None:
    town.decide(10)
    batch = town.prepare()
    with pytest.raises(payments.NoPayerAccount):
        payments.approve_batch(
            batch_id=batch.id, key="k", by=town.actors["ola"], at=town.at.replace(year=2025)
        )


def test_altered_bytes_are_never_handed_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.decide(10)
    batch = town.prepare()
    town.approve(batch)
    monkeypatch.setattr("runde.grants.payments.queries.bank_file.digest", lambda content: "another")
    with pytest.raises(payments.BankFileAltered):
        town.bytes_of(batch)


def test_the_situation_of_a_case(town: Town) -> None:
    town.decide(10)
    case_id = Payment.objects.get().case_id
    states = [payments.payment_situations([case_id])[case_id].state]
    batch = town.prepare()
    states.append(payments.payment_situations([case_id])[case_id].state)
    town.approve(batch)
    states.append(payments.payment_situations([case_id])[case_id].state)
    payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=town.at)
    states.append(payments.payment_situations([case_id])[case_id].state)
    assert states == ["waiting", "prepared", "sealed", "sent"]


def count_queries(town: Town, rows: int) -> list[int]:
    """How many queries each step takes for a round of so many payments."""
    decisions = town.decide(*[120] * rows, paid=False)
    counts = []
    steps: list[Callable[[], object]] = [
        lambda: payments.make_payments(decision_ids=decisions, at=town.at),
        lambda: town.prepare(),
        lambda: town.approve(payments.list_batches()[0].batch),
        lambda: payments.mark_sent(
            batch_id=payments.list_batches()[0].batch.id, by=town.actors["kari"], at=town.at
        ),
        lambda: payments.batch_page(payments.list_batches()[0].batch.id, on=date(2026, 11, 24)),
        lambda: payments.list_due(on=date(2026, 12, 1)),
    ]
    for step in steps:
        with CaptureQueriesContext(connection) as queries:
            step()
        counts.append(len(queries))
    return counts


def test_the_number_of_queries_does_not_grow(town: Town) -> None:
    count_queries(town, 1)  # the first time also makes the rows to lock
    assert count_queries(town, 1) == count_queries(town, 3)


def test_a_shared_account_stops_both(town: Town) -> None:
    town.decide(10, 20, account="12345600017")
    due = payments.list_due(on=date(2026, 11, 24))
    assert [stop.kind for stop in due.stops] == ["shared_account", "shared_account"]
    with pytest.raises(payments.PaymentsStopped, match="også brukt av"):
        town.prepare()


def test_stopped_payments_are_left_out_and_chosen_ones_refused(town: Town) -> None:
    town.decide(10)
    town.decide(20, account="")
    bad = Payment.objects.get(amount_nok=20)
    with pytest.raises(payments.PaymentsStopped, match="Kontonummeret mangler"):
        town.prepare(payment_ids=[bad.id])
    assert town.approve(town.prepare()).sum_nok == 10


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"bankrupt": True}, "bankrupt"),
        ({"under_liquidation": True}, "under_liquidation"),
        ({"forced_dissolution": True}, "under_liquidation"),
        ({"deleted_date": date(2026, 11, 20)}, "deleted"),
    ],
)
def test_bad_news_from_the_register_stops_an_approval_too(
    town: Town, facts: dict[str, object], kind: str
) -> None:
    town.decide(10)
    batch = town.prepare()
    put_in_register(Payment.objects.get().recipient_number, "Bedrift", **facts)
    with pytest.raises(payments.PaymentsStopped) as stopped:
        town.approve(batch)
    assert [stop.kind for stop in stopped.value.stops] == [kind]
    assert find_pending("payment_batch", batch.id) is not None
    assert not BankFile.objects.exists()


def test_money_that_is_not_committed_is_never_sealed(town: Town) -> None:
    (decision_id,) = town.decide(250)
    payment = Payment.objects.get()
    share = ledger.Share("back", payment.case_id, town.sources[0], Decimal(100))
    ledger.release_many([share], by=None, at=town.at)
    with pytest.raises(ledger.NotThatMuchOnCase):
        town.approve(town.prepare())
