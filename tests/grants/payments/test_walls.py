"""What the database refuses about payments, past our own code; and the manifest outside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from runde.grants.payments import api as payments
from runde.grants.payments import manifest
from runde.grants.payments.models import BankFile, Batch, BatchLine, Payment, PaymentPart, SealedPayment

from .conftest import Town, raw


@pytest.fixture
def sealed(town: Town) -> Batch:
    town.decide(120, 230)
    batch = town.prepare()
    town.approve(batch)
    return Batch.objects.get(id=batch.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_payment SET amount_nok = 1",
        "UPDATE payments_payment SET account_number = '12345600009'",
        "DELETE FROM payments_payment",
        "UPDATE payments_bankfile SET content = 'other'",
        "DELETE FROM payments_bankfile",
        "DELETE FROM payments_sealedpayment",
        "UPDATE payments_sealedpayment SET payment_id = gen_random_uuid()",
        "UPDATE payments_batchline SET is_live = false",
        "DELETE FROM payments_batchline",
        "UPDATE payments_batch SET state = 'prepared'",
        "UPDATE payments_batch SET state = 'prepared', approved_by = NULL, approved_at = NULL",
        "UPDATE payments_batch SET state = 'returned'",
        "UPDATE payments_batch SET execution_date = execution_date + 1",
        "UPDATE payments_batch SET state = 'sent', number = 9, sent_by = approved_by, sent_at = now()",
        "DELETE FROM payments_batch",
        "UPDATE payments_payeraccount SET account_number = '12345600009'",
        "TRUNCATE payments_sealedpayment",
    ],
)
def test_what_is_sealed_stays(sealed: Batch, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        raw(statement)


def test_a_payment_cannot_be_sealed_again(sealed: Batch) -> None:
    file, payment = BankFile.objects.get(), Payment.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        SealedPayment.objects.create(payment=payment, bank_file=file, end_to_end_id="U-again")


def test_a_payment_cannot_enter_a_sealed_batch(town: Town, sealed: Batch) -> None:
    town.decide(55)
    late = Payment.objects.get(amount_nok=55)
    with pytest.raises(DatabaseError, match="only while it is prepared"), transaction.atomic():
        BatchLine.objects.create(batch=sealed, payment=late)


def test_a_file_must_carry_its_whole_batch(town: Town) -> None:
    town.decide(120, 230)
    batch, payment = town.prepare(), Payment.objects.order_by("reference")[0]
    file = BankFile.objects.create(
        batch=batch, message_id="M", content=b"x", sha256="0" * 64, count=2, sum_nok=350, sealed_at=town.at
    )
    with pytest.raises(DatabaseError, match="exactly the payments"), transaction.atomic():
        SealedPayment.objects.create(payment=payment, bank_file=file, end_to_end_id=payment.reference)


def test_parts_must_sum_to_their_payment(town: Town) -> None:
    town.decide(120)
    with pytest.raises(DatabaseError, match="do not sum"), transaction.atomic():
        PaymentPart.objects.create(payment=Payment.objects.get(), source_id=uuid4(), amount_nok=Decimal(1))


def test_nobody_approves_their_own_even_by_hand(town: Town) -> None:
    town.decide(120)
    town.prepare()
    with pytest.raises(DatabaseError, match="four_eyes"), transaction.atomic():
        raw("UPDATE payments_batch SET state = 'sealed', approved_by = prepared_by, approved_at = now()")


def events(path: Path, town: Town) -> list[str]:
    return [line.event for line in manifest.read_lines(path / f"{town.tenant_id}.jsonl")]


def test_the_manifest_tells_of_sealing_and_of_the_first_time_it_leaves(
    town: Town, sealed: Batch, manifests: Path
) -> None:
    assert events(manifests, town) == ["sealing"]
    town.bytes_of(sealed)
    town.bytes_of(sealed)
    assert events(manifests, town) == ["sealing", "released"]
    [line, _] = manifest.read_lines(manifest.manifest_path())
    file = BankFile.objects.get()
    assert (line.bank_file_id, line.sha256, line.count, line.sum_nok) == (
        file.id,
        file.sha256,
        2,
        Decimal(350),
    )


def test_a_cut_line_is_passed_over_and_the_next_stands_alone(town: Town, sealed: Batch) -> None:
    path = manifest.manifest_path()
    path.write_text(path.read_text(encoding="utf-8") + '{"event": "rele', encoding="utf-8")
    town.bytes_of(sealed)
    assert [line.event for line in manifest.read_lines(path)] == ["sealing", "released"]


def test_a_file_that_left_and_is_not_here_stops_sealing(town: Town, sealed: Batch) -> None:
    """The database has been put back to before the file was made: the bank may have it."""
    gone = manifest.Line(manifest.RELEASED, uuid4(), "RUNDE-310000019-000009", "0" * 64, 1, Decimal(1))
    manifest.append_line(gone, at=town.at)
    town.decide(55)
    with pytest.raises(payments.ReconcileFirst, match="sikkerhetskopi"):
        town.approve(town.prepare())
    assert BankFile.objects.count() == 1


def test_a_file_that_was_never_committed_stops_nothing(town: Town, sealed: Batch) -> None:
    crashed = manifest.Line(manifest.SEALING, uuid4(), "RUNDE-310000019-000009", "0" * 64, 1, Decimal(1))
    manifest.append_line(crashed, at=town.at)
    town.decide(55)
    town.approve(town.prepare())
    assert BankFile.objects.count() == 2


def test_without_a_manifest_nothing_is_sealed_and_nothing_leaves(
    town: Town, sealed: Batch, manifests: Path, settings: pytest.FixtureRequest
) -> None:
    blocked = manifests / "a-file"
    blocked.write_text("in the way", encoding="utf-8")
    settings.MANIFESTS = blocked  # type: ignore[attr-defined]
    with pytest.raises(payments.ManifestUnwritable):
        town.bytes_of(sealed)
    town.decide(55)
    with pytest.raises(payments.ManifestUnwritable, match="Ingenting er sendt"):
        town.approve(town.prepare())
