"""What the bank answers is read exactly, and what is wrong with it is told with its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.bank.api import AnswerKind, UnreadableBankFile, read_bank_answer
from runde.engine.reference.api import bank_reason
from tests.engine.bank.answers import MESSAGE, PAYER, booked, entry, notice, status, status_file, whole

STATUS = status_file(status("U-2026-000001"), status("U-2026-000002", "ACSC", ""), group=whole("PART"))
REFERENCE = b"<OrgnlEndToEndId>U-2026-000001</OrgnlEndToEndId>"
NOTICE = notice(
    entry([booked("U-2026-000001", "150.00")]), entry([booked("U-2026-000002")], direction="CRDT")
)


@pytest.mark.parametrize("version", ["03", "10"])
def test_a_status_file_tells_of_each_payment(version: str) -> None:
    read = read_bank_answer(
        status_file(
            status("U-2026-000001", note="Konto avsluttet 1. november"),
            status("U-2026-000002", "ACSC", ""),
            status("U-2026-000003", "PDNG", ""),
            group=whole("PART"),
            version=version,
        )
    )
    assert (read.format, read.message_id, read.message_ids) == (
        f"pain.002.001.{version}",
        "BANK-1",
        {MESSAGE},
    )
    assert [(one.end_to_end_id, one.kind, one.reason_code, one.note) for one in read.answers] == [
        ("U-2026-000001", AnswerKind.REJECTED, "AC04", "Konto avsluttet 1. november"),
        ("U-2026-000002", AnswerKind.PAID, "", ""),
        ("U-2026-000003", AnswerKind.ACCEPTED, "", ""),
    ]
    assert [one.line for one in read.answers] == [7, 8, 9]


def test_a_whole_file_refused_is_told_once_and_names_the_file() -> None:
    (only,) = read_bank_answer(status_file(group=whole("RJCT", "AM04"))).answers
    assert (only.kind, only.end_to_end_id, only.message_id) == (AnswerKind.REJECTED, "", MESSAGE)


@pytest.mark.parametrize("code", ["AM05", "DUPL", "DU01", "DU02", "DU03", "DU04", "DU05"])
def test_a_file_the_bank_has_seen_before_is_never_a_rejection(code: str) -> None:
    of_file, of_one = read_bank_answer(
        status_file(status("U-2026-000001", reason=code), group=whole("RJCT", code))
    ).answers
    assert {of_file.kind, of_one.kind} == {AnswerKind.REPEATED}


@pytest.mark.parametrize(
    ("version", "state"), [("02", "<Sts>BOOK</Sts>"), ("08", "<Sts><Cd>BOOK</Cd></Sts>")]
)
def test_a_notice_tells_what_went_out_and_what_came_back(version: str, state: str) -> None:
    out = entry([booked("U-2026-000001", "150.00", bank_reference="B7")], state=state)
    back = entry(
        [booked("U-2026-000002", "25.50", reason="AC04", note="avsluttet")],
        amount="25.50",
        direction="CRDT",
        state=state,
    )
    read = read_bank_answer(notice(out, back, version=version, iban=True))
    assert read.accounts == {PAYER}
    first, second = read.answers
    assert (first.kind, first.amount_nok, first.booked_date) == (
        AnswerKind.PAID,
        Decimal("150.00"),
        date(2026, 11, 24),
    )
    assert first.bank_reference == "B7"
    assert (second.kind, second.amount_nok, second.reason_code, second.note) == (
        AnswerKind.RETURNED,
        Decimal("25.50"),
        "AC04",
        "avsluttet",
    )


def test_a_payment_alone_on_its_line_has_the_amount_of_the_line() -> None:
    (only,) = read_bank_answer(notice(entry([booked("U-2026-000001")], amount="99.50"))).answers
    assert (only.amount_nok, only.currency) == (Decimal("99.50"), "NOK")


def test_several_on_one_line_without_amounts_of_their_own_have_none() -> None:
    both = read_bank_answer(notice(entry([booked("U-1"), booked("U-2")], amount="99.50"))).answers
    assert [one.amount_nok for one in both] == [None, None]


def test_a_file_booked_as_one_sum_names_the_file() -> None:
    batch = f"<MsgId>{MESSAGE}</MsgId><NbOfTxs>2</NbOfTxs>"
    (only,) = read_bank_answer(notice(entry(amount="175.00", batch=batch))).answers
    assert (only.kind, only.message_id, only.count, only.amount_nok) == (
        AnswerKind.PAID,
        MESSAGE,
        2,
        Decimal("175.00"),
    )


def test_what_is_not_booked_or_not_of_anybody_is_only_counted() -> None:
    read = read_bank_answer(
        notice(
            entry([booked("U-2026-000001")], state="<Sts>PDNG</Sts>"),
            entry(direction="CRDT"),
            entry([booked("NOTPROVIDED")]),
        )
    )
    assert (read.answers, read.others) == ((), 3)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Linje 1: filen er ikke hel XML"),
        (b"dato;belop\n1;2\n", "Linje 1: filen er ikke hel XML"),
        (b"<Document/>", "filen er av typen «»"),
        (STATUS.replace(b"pain.002.001.03", b"pain.002.001.12"), "filen er av typen «pain.002.001.12»"),
        (STATUS.replace(b"<TxSts>RJCT", b"<TxSts>XXXX"), "Linje 7: statuskoden «XXXX» kjenner vi ikke"),
        (STATUS.replace(REFERENCE, b""), "Linje 7: «OrgnlEndToEndId» mangler"),
        (status_file(kind="pain.008.001.02"), "Linje 5: filen svarer på «pain.008.001.02»"),
        (NOTICE.replace(b">DBIT<", b">UT<"), "Linje 6: «UT» er verken DBIT eller CRDT"),
        (NOTICE.replace(b"150.00", b"150,00"), "er ikke et beløp"),
        (NOTICE.replace(b"150.00", b"1e5"), "«1e5» er ikke et beløp"),
        (NOTICE.replace(b"150.00", b"-150.00"), "«-150.00» er ikke et beløp"),
        (NOTICE.replace(b"150.00", b"150.005"), "mer enn to desimaler"),
        (NOTICE.replace(b"2026-11-24", b"2026-02-30"), "«2026-02-30» er ikke en dato"),
        (NOTICE.replace(b' Ccy="NOK"', b"", 1), "beløpet mangler valuta"),
        (NOTICE.replace(b"U-2026-000001", b"U" * 36), "har 36 tegn, og kan ha høyst 35"),
        (NOTICE.replace(b"<Acct>", b"<Konto>").replace(b"</Acct>", b"</Konto>"), "«Acct/Id» mangler"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_line_and_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableBankFile, match=r"^Linje \d+: .*Ingenting er endret\.$") as refused:
        read_bank_answer(content)
    assert sentence in str(refused.value)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03">&d;</Document>"""
FETCHES = LAUGHS.replace(b'<!ENTITY a "ha">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(LAUGHS, id="entities"),
        pytest.param(FETCHES, id="fetches"),
        pytest.param(
            b'<!DOCTYPE d SYSTEM "http://bank.example/d.dtd">' + STATUS.split(b"\n", 1)[1], id="dtd"
        ),
        pytest.param(b"<a>" * 10_000 + b"</a>" * 10_000, id="deep"),
        pytest.param(b" " * (32 * 1024 * 1024 + 1), id="huge"),
        pytest.param(STATUS.replace(b"<GrpHdr>", b"<?run it?><GrpHdr>"), id="instruction"),
        pytest.param(STATUS.decode().replace("UTF-8", "UTF-16").encode(), id="lies-about-signs"),
        pytest.param(STATUS.replace(b"BANK-1", b"BANK\x00"), id="nul"),
    ],
)
def test_hostile_files_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableBankFile, match=r"^Linje \d+: "):
        read_bank_answer(content)


@pytest.mark.parametrize("whole_file", [STATUS, NOTICE], ids=["pain.002", "camt.054"])
def test_a_file_cut_anywhere_is_refused(whole_file: bytes) -> None:
    """All but the last sign of the last tag, and the blank after it."""
    for end in range(whole_file.rindex(b">")):
        with pytest.raises(UnreadableBankFile, match=r"^Linje \d+: "):
            read_bank_answer(whole_file[:end])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_any_sign_changed_is_read_or_refused_by_name(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([STATUS, NOTICE])))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    refused = ""
    try:
        read_bank_answer(bytes(content))
    except UnreadableBankFile as refusal:
        refused = str(refusal)
    assert refused == "" or refused.startswith("Linje ")


def test_the_reasons_are_dated_and_an_unknown_one_is_told_by_its_code() -> None:
    closed = bank_reason("AC04", date(2026, 11, 24))
    assert (closed.why, closed.effect) == ("kontoen er avsluttet", "account")
    unknown = bank_reason("ZZ99", date(2026, 11, 24))
    assert (unknown.is_known, unknown.effect) == (False, "other")
    assert "ZZ99" in unknown.why
    assert not bank_reason("AC04", date(2008, 12, 31)).is_known
