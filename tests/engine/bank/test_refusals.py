"""Every rule of the format and the banks' guide, broken once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from runde.engine.bank.api import (
    BankFileRefusal,
    DuplicateReference,
    EmptyBatch,
    InvalidAccount,
    InvalidAmount,
    InvalidCreationTime,
    InvalidExecutionDate,
    InvalidPayer,
    InvalidReference,
    InvalidRemittance,
    UnreadableBankFile,
    UnwritableText,
    read_pain001,
    write_pain001,
)
from tests.engine.bank.payments import BATCH, DEBTOR, KID_LINE, LINE, line, written


@pytest.mark.parametrize(
    "amount",
    [
        Decimal(0),
        Decimal("-0.01"),
        Decimal("0.001"),
        Decimal("100.005"),
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal(10) ** 13,
        100,
        100.0,
        "100",
        True,
        None,
    ],
)
def test_an_amount_must_be_a_decimal_above_zero_with_two_decimals(amount: Any) -> None:
    with pytest.raises(InvalidAmount, match="U-2026-0001"):
        written(line(amount_nok=amount))


def test_the_smallest_and_the_largest_amount_are_written() -> None:
    content = written(
        line(amount_nok=Decimal("0.01")), line(reference="B", amount_nok=Decimal("9999999999999.99"))
    )
    assert read_pain001(content).sum_nok == Decimal("10000000000000.00")


def test_the_sum_has_room_in_the_format() -> None:
    huge = [line(reference=f"U-{n}", amount_nok=Decimal(9_999_999_999_999)) for n in range(101)]
    with pytest.raises(InvalidAmount, match="Del bunten"):
        written(*huge)


@pytest.mark.parametrize(
    "reference", ["", "x" * 36, "a_b", "æ", "a//b", "/a", "a/", " a", "a ", "a\nb", "a&b"]
)
def test_a_reference_must_be_one_the_bank_takes(reference: str) -> None:
    with pytest.raises(InvalidReference):
        written(line(reference=reference))
    with pytest.raises(InvalidReference):
        write_pain001(DEBTOR, replace(BATCH, message_id=reference), (LINE,))
    if reference:
        with pytest.raises(InvalidReference):
            write_pain001(DEBTOR, replace(BATCH, payment_info_id=reference), (LINE,))


def test_a_message_id_so_long_that_the_block_id_has_no_room_is_refused() -> None:
    with pytest.raises(InvalidReference, match="Bunt-id"):
        write_pain001(DEBTOR, replace(BATCH, message_id="x" * 34), (LINE,))


def test_references_are_unique() -> None:
    with pytest.raises(DuplicateReference, match="U-2026-0001"):
        written(LINE, KID_LINE, line(amount_nok=Decimal(1)))


def test_a_batch_without_payments_is_refused() -> None:
    with pytest.raises(EmptyBatch):
        written()


@pytest.mark.parametrize(
    "account", ["", "12345600008", "1234560000", "1234 56 00009", "NO8912345600009", "0" * 11]
)
def test_account_numbers_are_checked(account: str) -> None:
    with pytest.raises(InvalidAccount, match="mottaker"):
        written(line(creditor_account=account))
    with pytest.raises(InvalidAccount, match="betaler"):
        write_pain001(replace(DEBTOR, account=account), BATCH, (LINE,))


def test_nobody_pays_themselves() -> None:
    with pytest.raises(InvalidAccount, match="samme konto"):
        written(line(creditor_account=DEBTOR.account))


@pytest.mark.parametrize(
    "changes",
    [
        {"kid": "12345674"},
        {"text": None},
        {"text": None, "kid": "12345675"},
        {"text": None, "kid": "1" * 26},
        {"text": None, "kid": "1234567-"},
        {"text": "x" * 141},
        {"text": "§" * 71},
    ],
)
def test_either_kid_or_text_and_never_both(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidRemittance, match="U-2026-0001"):
        written(line(**changes))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 5, 11),
        date(2026, 5, 14),  # Ascension
        date(2026, 5, 16),  # Saturday
        date(2026, 5, 17),
        date(2026, 5, 25),  # Whit Monday
        date(2027, 6, 1),
    ],
)
def test_the_payment_day_is_a_bank_day_within_a_year(day: date) -> None:
    with pytest.raises(InvalidExecutionDate, match=day.isoformat()):
        write_pain001(DEBTOR, replace(BATCH, execution_date=day), (LINE,))


def test_the_same_day_is_allowed() -> None:
    day = BATCH.created_at.date()
    content = write_pain001(DEBTOR, replace(BATCH, execution_date=day), (LINE,))
    assert read_pain001(content).blocks[0].execution_date == day


def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime(2026, 5, 12, 9, 30)  # noqa: DTZ001 - the point of the test
    with pytest.raises(InvalidCreationTime):
        write_pain001(DEBTOR, replace(BATCH, created_at=naive), (LINE,))


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation_number": "310000018"},
        {"bic": "TEST"},
        {"bic": "testnokkxxx"},
        {"country": "NOR"},
    ],
)
def test_the_payer_is_checked(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidPayer):
        write_pain001(replace(DEBTOR, **changes), BATCH, (LINE,))


def test_a_name_with_hidden_signs_is_refused() -> None:
    for name in ("Bedrift\x00 AS", "Bedrift \u202eSA", ""):
        with pytest.raises(UnwritableText):
            written(line(creditor_name=name))
    with pytest.raises(InvalidAccount, match="landkoden"):
        written(line(country="no"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>',
    ],
)
def test_a_file_that_is_no_payment_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableBankFile):
        read_pain001(content)


def test_an_entity_bomb_is_refused_at_once() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(12)
    )
    with pytest.raises(UnreadableBankFile):
        read_pain001(bomb + b"]><a>&a11;</a>")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"<CtrlSum>175000.00", b"<CtrlSum>175000.01", "hodet"),
        (b"<NbOfTxs>2", b"<NbOfTxs>3", "hodet"),
        (b">25000.00<", b">25000.01<", "A stemmer ikke"),
        (b"<EndToEndId>U-2026-0002", b"<EndToEndId>U-2026-0001", "to ganger"),
        (b'Ccy="NOK"', b'Ccy="EUR"', "norske kroner"),
        (b"<Ustrd>Tilskudd sak 26/00123 utbetaling 1</Ustrd>", b"", "KID eller tekst"),
    ],
)
def test_a_tampered_file_is_found_by_the_control(old: bytes, new: bytes, fault: str) -> None:
    content = written(LINE, KID_LINE)
    assert old in content
    faults = read_pain001(content.replace(old, new)).faults()
    assert any(fault in found for found in faults)


@pytest.mark.parametrize("value", [b"<NbOfTxs>two", b"<NbOfTxs>"])
def test_a_field_that_cannot_be_read_is_named(value: bytes) -> None:
    with pytest.raises(UnreadableBankFile, match="felt"):
        read_pain001(written(LINE).replace(b"<NbOfTxs>1", value))


def test_every_refusal_can_be_caught_as_one() -> None:
    with pytest.raises(BankFileRefusal):
        write_pain001(DEBTOR, replace(BATCH, execution_date=BATCH.execution_date + timedelta(days=1)), ())
