"""Files as banks answer, written out by hand; each helper takes what a test wants to be different."""

from __future__ import annotations

from collections.abc import Iterable

MESSAGE = "RUNDE-310000019-000001"
PAYER = "12345600009"


def status_file(
    *blocks: str,
    group: str = "",
    message: str = MESSAGE,
    version: str = "03",
    status_id: str = "BANK-1",
    kind: str = "pain.001.001.09",
) -> bytes:
    """A pain.002: `group` is what the bank says about the whole file, `blocks` about the payments."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}">
<CstmrPmtStsRpt>
<GrpHdr><MsgId>{status_id}</MsgId><CreDtTm>2026-11-24T12:00:00+01:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>{kind}</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{message}-A</OrgnlPmtInfId>
{chr(10).join(blocks)}
</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt>
</Document>
""".encode()


def status(reference: str, code: str = "RJCT", reason: str = "AC04", note: str = "") -> str:
    """What a pain.002 says of one payment."""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn>{_note(note)}</StsRsnInf>" if reason else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{code}</TxSts>{why}</TxInfAndSts>"
    )


def whole(code: str, reason: str = "") -> str:
    """What a pain.002 says of the whole file."""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    return f"<GrpSts>{code}</GrpSts>{why}"


def notice(
    *entries: str, account: str = PAYER, version: str = "02", notice_id: str = "BANK-2", iban: bool = False
) -> bytes:
    """A camt.054 on one account."""
    number = f"<IBAN>NO89{account}</IBAN>" if iban else f"<Othr><Id>{account}</Id></Othr>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.{version}">
<BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>{notice_id}</MsgId><CreDtTm>2026-11-25T06:00:00+01:00</CreDtTm></GrpHdr>
<Ntfctn><Id>{notice_id}-1</Id><CreDtTm>2026-11-25T06:00:00+01:00</CreDtTm><Acct><Id>{number}</Id></Acct>
{chr(10).join(entries)}
</Ntfctn>
</BkToCstmrDbtCdtNtfctn>
</Document>
""".encode()


def entry(
    transactions: Iterable[str] = (),
    *,
    amount: str = "100.00",
    direction: str = "DBIT",
    state: str = "<Sts>BOOK</Sts>",
    batch: str = "",
    day: str = "2026-11-24",
    currency: str = "NOK",
) -> str:
    """One booked line. `batch` is the inside of the field that names a payment file booked as one sum."""
    inside = f"{f'<Btch>{batch}</Btch>' if batch else ''}{''.join(transactions)}"
    return f"""<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{state}
<BookgDt><Dt>{day}</Dt></BookgDt><BkTxCd><Prtry><Cd>x</Cd></Prtry></BkTxCd><NtryDtls>{inside}</NtryDtls></Ntry>"""


def booked(
    reference: str, amount: str = "", *, reason: str = "", bank_reference: str = "", note: str = ""
) -> str:
    """One payment inside a booked line."""
    own = f"<AcctSvcrRef>{bank_reference}</AcctSvcrRef>" if bank_reference else ""
    money = f'<AmtDtls><TxAmt><Amt Ccy="NOK">{amount}</Amt></TxAmt></AmtDtls>' if amount else ""
    back = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn>{_note(note)}</RtrInf>" if reason else ""
    return f"<TxDtls><Refs>{own}<EndToEndId>{reference}</EndToEndId></Refs>{money}{back}</TxDtls>"


def _note(note: str) -> str:
    return f"<AddtlInf>{note}</AddtlInf>" if note else ""
