"""What the bank answers becomes true once: paid, rejected, come back; and nothing is paid twice for it."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from runde.engine.reference.api import synthetic_account
from runde.foundation.ledger import api as ledger
from runde.foundation.notices.models import Notice
from runde.foundation.trust.api import Conflict, NotAllowed
from runde.grants.payments import api as payments
from runde.grants.payments.models import BankAnswer, Batch, Payment
from tests.engine.bank.answers import booked, entry, notice, status, status_file, whole

from .conftest import PAYER, Town, raw


def sent(town: Town, *amounts: int) -> tuple[Batch, list[Payment]]:
    town.decide(*amounts)
    batch = town.prepare()
    town.approve(batch)
    payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=town.at)
    return batch, list(Payment.objects.order_by("reference"))


def read(town: Town, content: bytes, name: str = "svar.xml") -> payments.Reading:
    return payments.read_answer(content=content, file_name=name, by=town.actors["kari"], at=town.at)


def message(batch: Batch) -> str:
    return str(batch.bank_file.message_id)


def stands(town: Town) -> tuple[int, ...]:
    """Committed, in bank files, paid, in whole kroner; over both sources."""
    found = ledger.balances(town.sources).values()
    places = ("committed", "in_bank_file", "paid")
    return tuple(int(sum(getattr(one, place) for one in found)) for place in places)


def test_what_the_bank_paid_is_paid_and_the_applicant_is_told(town: Town) -> None:
    _, (first, second) = sent(town, 150, 200)
    reading = read(town, notice(entry([booked(first.reference, "150.00")]), account=PAYER))
    assert [(one.kind, one.named) for one in reading.new] == [("paid", first.reference)]
    page = payments.bank_page()
    assert (page.sent, page.paid, page.troubles) == (2, 1, [])
    assert [one.reference for one in page.waiting] == [second.reference]
    assert (page.totals.decided_nok, page.totals.sent_nok) == (Decimal(350), Decimal(350))
    assert page.totals.paid_nok == 150
    assert stands(town) == (0, 0, 350)
    assert Notice.objects.filter(key=f"payment_paid:{first.id}").count() == 1


def test_the_same_file_again_changes_nothing(town: Town) -> None:
    batch, (only,) = sent(town, 150)
    content = status_file(status(only.reference), message=message(batch))
    first = read(town, content)
    before = (stands(town), Payment.objects.count(), Notice.objects.count())
    again = read(town, content, "svar-1.xml")
    assert (again.is_new, again.file.id, again.new) == (False, first.file.id, [])
    other_bytes = read(town, content.replace(b"BANK-1", b"BANK-9"))
    assert (other_bytes.is_new, other_bytes.new, other_bytes.repeated) == (True, [], 1)
    assert (stands(town), Payment.objects.count(), Notice.objects.count()) == before


def test_a_rejected_payment_is_owed_anew_on_another_account_and_paid_once(town: Town) -> None:
    batch, (first, other) = sent(town, 150, 200)
    read(town, status_file(status(first.reference, reason="AC04"), message=message(batch)))
    assert stands(town) == (150, 0, 200)
    anew = Payment.objects.get(renews=first)
    assert (int(anew.amount_nok), anew.attempt, anew.reference != first.reference) == (150, 2, True)
    assert [part.amount_nok for part in anew.parts.order_by("amount_nok")] == [50, 100]
    (trouble,) = payments.bank_page().troubles
    assert (trouble.payment, trouble.renewal, trouble.reason.why) == (first, anew, "kontoen er avsluttet")
    with pytest.raises(payments.PaymentsStopped, match="Banken tok ikke imot konto"):
        town.prepare()
    payments_change(town, anew, synthetic_account(77))
    batch = town.prepare()
    file = town.approve(batch)
    assert (file.count, int(file.sum_nok)) == (1, 150)
    payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=town.at)
    assert stands(town) == (0, 0, 350)
    assert payments.bank_page().troubles == []
    totals = payments.reconciliation()
    assert {totals.decided_nok, totals.in_file_nok, totals.sent_nok} == {Decimal(350)}
    assert other.reference != anew.reference


def payments_change(town: Town, payment: Payment, number: str) -> None:
    """A new account that already holds, as if its waiting time were over."""
    payments.AccountChange.objects.create(
        case_id=payment.case_id,
        organisation_number=payment.recipient_number,
        old_number=payment.account_number,
        new_number=number,
        asked_by=town.actors["applicant"].person_id,
        asked_at=town.at,
        effective_date=town.at.date(),
    )


def test_money_that_came_back_after_it_was_paid_is_owed_anew(town: Town) -> None:
    _, (only,) = sent(town, 150)
    read(town, notice(entry([booked(only.reference)], amount="150.00"), account=PAYER))
    back = entry([booked(only.reference, reason="AC06")], amount="150.00", direction="CRDT")
    read(town, notice(back, account=PAYER, notice_id="BANK-3"))
    assert stands(town) == (150, 0, 0)
    assert payments.bank_states([only.id]) == {only.id: payments.BankState.RETURNED}
    assert Payment.objects.get(renews=only).amount_nok == 150


def test_a_whole_file_refused_is_owed_anew_payment_by_payment(town: Town) -> None:
    batch, (first, second) = sent(town, 150, 200)
    read(town, status_file(group=whole("RJCT", "AM04"), message=message(batch)))
    assert stands(town) == (350, 0, 0)
    assert Payment.objects.filter(renews__in=[first, second]).count() == 2
    file = town.approve(town.prepare())
    assert file.sum_nok == 350


def test_a_file_the_bank_has_seen_before_is_never_paid_anew(town: Town) -> None:
    batch, (only,) = sent(town, 150)
    read(
        town,
        status_file(
            status(only.reference, reason="DUPL"), group=whole("RJCT", "DU01"), message=message(batch)
        ),
    )
    assert stands(town) == (0, 0, 150)
    assert Payment.objects.count() == 1
    assert {one.answer.kind for one in payments.bank_page().troubles} == {"repeated"}


def test_a_batch_booked_as_one_sum_pays_all_in_it(town: Town) -> None:
    batch, _ = sent(town, 150, 200)
    inside = f"<MsgId>{message(batch)}</MsgId><NbOfTxs>2</NbOfTxs>"
    read(town, notice(entry(amount="350.00", batch=inside), account=PAYER))
    assert payments.bank_page().paid == 2
    assert payments.bank_page().totals.agree


def test_a_booked_sum_leaves_out_what_was_rejected(town: Town) -> None:
    batch, (first, _) = sent(town, 150, 200)
    read(town, status_file(status(first.reference), message=message(batch)))
    read(town, notice(entry(amount="200.00", batch=f"<MsgId>{message(batch)}</MsgId>"), account=PAYER))
    assert (payments.bank_page().paid, stands(town)) == (1, (150, 0, 200))


@pytest.mark.parametrize("amount", ["149.99", "1500.00"])
def test_another_amount_than_sent_moves_nothing_and_needs_a_person(town: Town, amount: str) -> None:
    _, (only,) = sent(town, 150)
    back = entry([booked(only.reference)], amount=amount, direction="CRDT")
    read(town, notice(back, account=PAYER))
    assert stands(town) == (0, 0, 150)
    (trouble,) = payments.bank_page().troubles
    assert (trouble.answer.kind, trouble.answer.amount_nok) == ("differs", Decimal(amount))
    payments.settle_answer(answer_id=trouble.answer.id, why="Gebyr.", by=town.actors["kari"], at=town.at)
    assert payments.bank_page().troubles == []
    with pytest.raises(Conflict, match="allerede avklart"):
        payments.settle_answer(answer_id=trouble.answer.id, why="Igjen.", by=town.actors["ola"], at=town.at)


def test_a_payment_booked_twice_by_the_bank_is_told(town: Town) -> None:
    _, (only,) = sent(town, 150)
    for number, own in enumerate(["B1", "B2", "B2"]):
        one = entry([booked(only.reference, "150.00", bank_reference=own)])
        read(town, notice(one, account=PAYER, notice_id=f"BANK-{number}"))
    assert [one.answer.kind for one in payments.bank_page().troubles] == ["paid_again"]


@pytest.mark.parametrize("rejected_first", [True, False])
def test_paid_and_rejected_stops_the_next_attempt_until_a_person_knows(
    town: Town, rejected_first: bool
) -> None:
    batch, (only,) = sent(town, 150)
    said = [
        status_file(status(only.reference, reason="MS03"), message=message(batch)),
        notice(entry([booked(only.reference, "150.00")]), account=PAYER),
    ]
    for content in said if rejected_first else reversed(said):
        read(town, content)
    assert stands(town) == (150, 0, 0)
    (trouble,) = payments.bank_page().troubles
    assert trouble.state is payments.BankState.UNSURE
    with pytest.raises(payments.PaymentsStopped, match="både at den forrige betalingen er utført"):
        town.prepare()
    payments.settle_answer(
        answer_id=trouble.answer.id, why="Ikke betalt.", by=town.actors["kari"], at=town.at
    )
    assert town.approve(town.prepare()).sum_nok == 150


def test_a_reference_nobody_here_has_is_put_aside_and_told(town: Town) -> None:
    sent(town, 150)
    read(town, notice(entry([booked("U-2026-999999", "10.00")]), account=PAYER))
    (trouble,) = payments.bank_page().troubles
    assert (trouble.answer.kind, trouble.answer.named, trouble.payment) == ("unknown", "U-2026-999999", None)


def test_an_answer_to_a_file_nobody_said_was_sent_marks_it_and_mails_only_the_paid(town: Town) -> None:
    town.decide(150, 200)
    batch = town.prepare()
    town.approve(batch)
    first, second = Payment.objects.order_by("reference")
    content = status_file(
        status(first.reference), status(second.reference, "ACSC", ""), message=message(batch)
    )
    with pytest.raises(payments.AnswerRefused, match="ikke er merket som sendt"):
        payments.read_answer(content=content, file_name="x", by=None, at=town.at)
    assert (BankAnswer.objects.count(), stands(town)) == (0, (0, 350, 0))
    read(town, content)
    assert stands(town) == (150, 0, 200)
    mails = set(Notice.objects.values_list("key", flat=True))
    assert f"payment_sent:{second.id}" in mails
    assert f"payment_sent:{first.id}" not in mails


def test_what_a_person_heard_from_the_bank_counts_like_a_file(town: Town) -> None:
    _, (first, second) = sent(town, 150, 200)
    by = town.actors["kari"]
    with pytest.raises(payments.AnswerRefused, match="Skriv hvordan du vet det"):
        payments.tell_answer(payment_id=first.id, kind="paid", note=" ", by=by, at=town.at)
    assert payments.tell_answer(payment_id=first.id, kind="paid", note="Nettbanken", by=by, at=town.at)
    assert (
        payments.tell_answer(payment_id=first.id, kind="paid", note="Nettbanken", by=by, at=town.at) is None
    )
    payments.tell_answer(
        payment_id=second.id, kind="returned", note="Ringt", reason_code="AC04", by=by, at=town.at
    )
    assert (payments.bank_page().paid, stands(town)) == (1, (200, 0, 150))
    with pytest.raises(NotAllowed):
        payments.tell_answer(
            payment_id=first.id, kind="paid", note="x", by=town.actors["approver"], at=town.at
        )
    anew = Payment.objects.get(renews=second)
    with pytest.raises(payments.AnswerRefused, match="ikke sendt til banken"):
        payments.tell_answer(payment_id=anew.id, kind="paid", note="x", by=by, at=town.at)


def test_malformed_and_foreign_files_change_nothing(town: Town) -> None:
    batch, (only,) = sent(town, 150)
    good = status_file(status(only.reference), message=message(batch))
    with pytest.raises(payments.AnswerRefused, match=r"^Linje 5: .*Ingenting er endret\.$"):
        read(town, good.replace(b"pain.001.001.09", b"pain.008.001.02"))
    with pytest.raises(payments.ForeignAnswer, match="RUNDE-311111111-000001"):
        read(town, status_file(message="RUNDE-311111111-000001"))
    with pytest.raises(payments.ForeignAnswer, match="som ikke er en konto dere betaler fra"):
        read(town, notice(entry([booked(only.reference)]), account="12345600025"))
    assert payments.bank_page().files == []
    assert stands(town) == (0, 0, 150)


def test_what_came_back_waits_to_be_paid_from_the_next_bank_day(town: Town) -> None:
    batch, (only,) = sent(town, 150)
    read(town, status_file(status(only.reference), message=message(batch)))
    anew = Payment.objects.get(renews=only)
    assert payments.list_due(on=anew.due_date).payments == [anew]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_bankanswer SET kind = 'paid'",
        "DELETE FROM payments_bankanswer",
        "UPDATE payments_answerfile SET content = 'x'",
        "DELETE FROM payments_answerfile",
    ],
)
def test_what_the_bank_said_is_kept_as_it_was_said(town: Town, statement: str) -> None:
    batch, (only,) = sent(town, 150)
    read(town, status_file(status(only.reference), message=message(batch)))
    with pytest.raises(Exception, match="append-only|permission denied"), transaction.atomic():
        raw(statement)


def test_the_database_refuses_a_second_attempt_for_what_did_not_fail(town: Town) -> None:
    _, (only,) = sent(town, 150)
    names = ("decision_id", "case_id", "case_number", "recipient_number", "recipient_name", "account_number")
    facts = {name: getattr(only, name) for name in (*names, "amount_nok", "due_date", "made_at")}
    with pytest.raises(IntegrityError, match="only when the bank did not carry it out"), transaction.atomic():
        Payment.objects.create(**facts, reference=f"U-{uuid4().hex[:8]}", attempt=2, renews=only)


def test_a_bank_that_takes_the_older_issue_gets_it(town: Town) -> None:
    payments.set_payer_account(
        account_number=PAYER,
        bank_bic="TESTNOKKXXX",
        valid_from=town.at.date(),
        file_version="03",
        batch_booking=False,
        division_id="DIV-1",
        by=town.actors["kari"],
        at=town.at,
    )
    town.decide(150)
    content = bytes(town.approve(town.prepare()).content)
    assert b"pain.001.001.03" in content
    assert b"<BtchBookg>false</BtchBookg>" in content
    assert b"<Id>DIV-1</Id>" in content
