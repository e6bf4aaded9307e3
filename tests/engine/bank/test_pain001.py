"""The written file: its exact content, its validity, and that any legal batch becomes one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.engine.bank import schema
from runde.engine.bank.api import (
    PaymentLine,
    SchemaMissing,
    UnwritableText,
    bank_text,
    is_bank_text,
    read_pain001,
    schema_available,
    validate,
    validate_bank_file,
    write_pain001,
)
from runde.engine.reference.api import make_kid, synthetic_account
from tests.engine.bank.payments import BATCH, DEBTOR, KID_LINE, LINE, line, written

EXPECTED = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>RUNDE-20260512-0001</MsgId><CreDtTm>2026-05-12T09:30:00+02:00</CreDtTm>
<NbOfTxs>2</NbOfTxs><CtrlSum>175000.00</CtrlSum>
<InitgPty><Nm>Eksempel kommune</Nm><Id><OrgId><Othr><Id>310000019</Id><SchmeNm><Cd>CUST</Cd></SchmeNm></Othr>
</OrgId></Id></InitgPty></GrpHdr>
<PmtInf><PmtInfId>RUNDE-20260512-0001-A</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>
<NbOfTxs>2</NbOfTxs><CtrlSum>175000.00</CtrlSum>
<PmtTpInf><SvcLvl><Cd>NURG</Cd></SvcLvl></PmtTpInf>
<ReqdExctnDt><Dt>2026-05-13</Dt></ReqdExctnDt>
<Dbtr><Nm>Eksempel kommune</Nm><PstlAdr><Ctry>NO</Ctry></PstlAdr></Dbtr>
<DbtrAcct><Id><Othr><Id>12345600009</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id><Ccy>NOK</Ccy></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>TESTNOKKXXX</BICFI><PstlAdr><Ctry>NO</Ctry></PstlAdr></FinInstnId></DbtrAgt>
<ChrgBr>SLEV</ChrgBr>
<CdtTrfTxInf><PmtId><InstrId>U-2026-0001</InstrId><EndToEndId>U-2026-0001</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="NOK">150000.00</InstdAmt></Amt>
<Cdtr><Nm>Eksempelbedrift AS</Nm><PstlAdr><Ctry>NO</Ctry></PstlAdr></Cdtr>
<CdtrAcct><Id><Othr><Id>12345600017</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id></CdtrAcct>
<RmtInf><Ustrd>Tilskudd sak 26/00123 utbetaling 1</Ustrd></RmtInf></CdtTrfTxInf>
<CdtTrfTxInf><PmtId><InstrId>U-2026-0002</InstrId><EndToEndId>U-2026-0002</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="NOK">25000.00</InstdAmt></Amt>
<Cdtr><Nm>Prøvebedrift DA</Nm><PstlAdr><Ctry>NO</Ctry></PstlAdr></Cdtr>
<CdtrAcct><Id><Othr><Id>12345600025</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id></CdtrAcct>
<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>12345674</Ref></CdtrRefInf></Strd>
</RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"""


def test_the_file_is_exactly_the_one_the_banks_guide_shows() -> None:
    declaration, body = EXPECTED.split("\n", 1)
    assert written(LINE, KID_LINE).decode() == declaration + "\n" + body.replace("\n", "")


def test_the_file_is_valid_and_says_what_it_pays() -> None:
    content = written(LINE, KID_LINE)
    assert validate_bank_file(content) == []
    read = read_pain001(content)
    assert (read.count, read.sum_nok, read.message_id) == (2, Decimal(175_000), "RUNDE-20260512-0001")
    assert read.references == ("U-2026-0001", "U-2026-0002")
    assert read.blocks[0].execution_date == date(2026, 5, 13)
    assert read.lines[1].creditor_name == "Prøvebedrift DA"
    assert (read.lines[0].kid, read.lines[1].kid) == (None, "12345674")
    assert read.faults() == []


def test_a_bank_that_wants_its_own_ids_gets_them() -> None:
    debtor = replace(DEBTOR, customer_id="KUNDE42", division_id="DIV-7")
    content = write_pain001(debtor, BATCH, (LINE,))
    assert b"<Id>KUNDE42</Id><SchmeNm><Cd>CUST</Cd>" in content
    assert b"<Id>DIV-7</Id><SchmeNm><Cd>BANK</Cd>" in content
    assert validate_bank_file(content) == []


def test_a_very_long_name_is_cut_because_the_account_decides() -> None:
    content = written(line(creditor_name="Bedrift " * 40))
    assert len(read_pain001(content).lines[0].creditor_name) <= 140
    assert validate_bank_file(content) == []


def test_text_is_rewritten_to_what_banks_print() -> None:
    assert bank_text("Søstrene Åse & Møller_bar – «Café»") == "Søstrene Åse + Møller-bar - 'Cafe'"
    assert bank_text("Günther Größe Ährlich Ödegård") == "Gunther Grøsse Æhrlich Ødegård"
    assert bank_text("a\u00a0b\n\tc") == "a b c"
    assert bank_text("Kafé 100 % 日本") == "Kafe 100 prosent .."


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\u200bb", "日本", "", "   ", "!!", "\ud800"])
def test_hidden_signs_and_texts_nobody_could_read_are_refused(text: str) -> None:
    with pytest.raises(UnwritableText, match="Navnet"):
        bank_text(text, "Navnet")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_either_written_in_bank_signs_or_refused(text: str) -> None:
    try:
        result = bank_text(text)
    except UnwritableText:
        return
    assert is_bank_text(result)
    assert bank_text(result) == result


REFERENCES = st.from_regex(r"[A-Z][A-Z0-9\-]{0,34}", fullmatch=True)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("9999999999.99"), places=2)
NAMES = st.text(min_size=1, max_size=150).map(lambda text: "A" + text)


@st.composite
def batches(draw: st.DrawFn) -> list[PaymentLine]:
    references = draw(st.lists(REFERENCES, min_size=1, max_size=8, unique=True))
    return [draw(payments(reference)) for reference in references]


@st.composite
def payments(draw: st.DrawFn, reference: str) -> PaymentLine:
    with_kid = draw(st.booleans())
    name = draw(NAMES)
    try:
        bank_text(name)
    except UnwritableText:
        name = "Bedrift <&> \"'] AS"
    return PaymentLine(
        reference,
        draw(AMOUNTS),
        name,
        synthetic_account(draw(st.integers(1, 300_000))),
        text=None if with_kid else "Tilskudd",
        kid=make_kid(str(draw(st.integers(1, 10**20))), 10) if with_kid else None,
    )


@settings(deadline=None, max_examples=60)
@given(batches())
def test_any_legal_batch_is_valid_and_sums_to_the_ore(lines: list[PaymentLine]) -> None:
    content = write_pain001(DEBTOR, BATCH, lines)
    assert validate_bank_file(content) == []
    assert content == write_pain001(DEBTOR, BATCH, lines)
    read = read_pain001(content)
    assert read.sum_nok == read.stated_sum_nok == sum(entry.amount_nok for entry in lines)
    assert read.count == read.stated_count == len(lines)
    assert list(read.references) == [entry.reference for entry in lines]
    assert [entry.creditor_account for entry in read.lines] == [entry.creditor_account for entry in lines]
    assert read.faults() == []


def test_a_moment_in_utc_and_in_summer_time_are_both_written() -> None:
    moments = (
        datetime(2026, 5, 12, 7, 30, 0, 999, tzinfo=UTC),
        datetime(2026, 5, 12, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    )
    for moment in moments:
        content = write_pain001(DEBTOR, replace(BATCH, created_at=moment), (LINE,))
        assert validate_bank_file(content) == []
        assert read_pain001(content).created_at == moment.replace(microsecond=0)


def test_the_schema_finds_what_is_wrong(tmp_path: Path) -> None:
    assert schema_available()
    broken = written(LINE).replace(b"<MsgId>", b"<MsgId>" + b"x" * 36)
    assert "linje 2" in validate_bank_file(broken)[0]
    assert validate_bank_file(b"not xml")[0].startswith("Filen er ikke gyldig XML")
    with pytest.raises(SchemaMissing):
        validate(written(LINE), tmp_path / "missing.xsd")


def test_without_the_schema_validity_is_unknown_not_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "find_spec", lambda name: None)
    assert not schema_available()
    with pytest.raises(SchemaMissing, match="sepaxml"):
        validate_bank_file(written(LINE))


OLDER = replace(BATCH, version="03", batch_booking=False)


def test_the_older_issue_is_written_valid_and_read_alike() -> None:
    content = write_pain001(DEBTOR, OLDER, (LINE, KID_LINE))
    assert validate_bank_file(content) == []
    assert b"pain.001.001.03" in content
    assert b"<ReqdExctnDt>2026-05-13</ReqdExctnDt>" in content
    assert b"<BIC>TESTNOKKXXX</BIC>" in content
    assert b"<BtchBookg>false</BtchBookg>" in content
    newer, older = read_pain001(written(LINE, KID_LINE)), read_pain001(content)
    assert older == newer
    assert older.faults() == []


def test_each_issue_is_held_against_its_own_schema() -> None:
    content = write_pain001(DEBTOR, OLDER, (LINE,))
    assert validate_bank_file(content.replace(b"pain.001.001.03", b"pain.001.001.09"))
    assert validate_bank_file(written(LINE).replace(b"pain.001.001.09", b"pain.001.001.03"))
    assert validate_bank_file(written(LINE).replace(b"pain.001.001.09", b"pain.001.001.11"))
