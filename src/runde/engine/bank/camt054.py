"""Reads camt.054: what the bank has booked on the payer's account, one payment at a time or a batch as one sum."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from runde.engine.bank.answer_xml import Node
from runde.engine.bank.answers import Answer, AnswerFile, AnswerKind

_NOT_PROVIDED = "NOTPROVIDED"
_IBAN = re.compile(r"NO[0-9]{2}([0-9]{11})")
_BOOKED = "BOOK"
_DIRECTIONS = ("DBIT", "CRDT")


def read_camt054(document: Node, name: str) -> AnswerFile:
    """The booked lines of one notice. Raises UnreadableBankFile with the line."""
    report = document.one("BkToCstmrDbtCdtNtfctn")
    header = report.one("GrpHdr")
    notices = list(report.many("Ntfctn"))
    if not notices:
        raise report.refusal("filen har ingen meldinger («Ntfctn»)")
    found = [one for notice in notices for entry in notice.many("Ntry") for one in _entry(entry)]
    answers = tuple(one for one in found if one is not None)
    return AnswerFile(
        format=name,
        message_id=header.short("MsgId"),
        created=header.one("CreDtTm").text[:40],
        message_ids=frozenset(),
        accounts=frozenset(_account(notice) for notice in notices),
        answers=answers,
        others=len(found) - len(answers),
    )


def _account(notice: Node) -> str:
    account = notice.one("Acct/Id")
    number = account.value("Othr/Id", "IBAN").replace(" ", "").replace(".", "")
    iban = _IBAN.fullmatch(number)
    return iban[1] if iban else number


def _entry(entry: Node) -> Iterator[Answer | None]:
    direction = entry.one("CdtDbtInd")
    if direction.text not in _DIRECTIONS:
        raise direction.refusal(f"«{direction.text[:10]}» er verken DBIT eller CRDT")
    status = entry.one("Sts")
    stated = status.find("Cd")
    if (stated or status).text != _BOOKED:
        yield None
        return
    amount, currency = entry.one("Amt").money()
    booked = entry.find("BookgDt/Dt") or entry.find("BookgDt/DtTm")
    on = booked.day() if booked else None
    transactions = list(entry.many("NtryDtls/TxDtls"))
    if not transactions:
        yield _sum(entry, direction.text, amount, currency, on)
    for one in transactions:
        whole = (amount, currency) if len(transactions) == 1 else (None, "")
        yield _transaction(one, direction.text, whole, on)


def _sum(entry: Node, direction: str, amount: Decimal, currency: str, on: date | None) -> Answer | None:
    """A batch booked as one sum: it names the payment file, not its payments."""
    message_id, count = entry.short("NtryDtls/Btch/MsgId"), entry.find("NtryDtls/Btch/NbOfTxs")
    if direction != "DBIT" or not message_id:
        return None
    if count is not None and not re.fullmatch(r"[0-9]{1,9}", count.text):
        raise count.refusal(f"«{count.text[:20]}» er ikke et antall")
    return Answer(
        line=entry.line,
        kind=AnswerKind.PAID,
        message_id=message_id,
        amount_nok=amount,
        currency=currency,
        booked_date=on,
        bank_reference=entry.short("AcctSvcrRef"),
        count=int(count.text) if count else None,
    )


def _transaction(
    one: Node, direction: str, whole: tuple[Decimal | None, str], on: date | None
) -> Answer | None:
    """A payment that went out, or one that came back; incoming money of others names no payment of ours."""
    own = one.find("CdtDbtInd")
    reference = one.short("Refs/EndToEndId")
    if not reference or reference == _NOT_PROVIDED:
        return None
    stated = one.find("Amt") or one.find("AmtDtls/TxAmt/Amt") or one.find("AmtDtls/InstdAmt/Amt")
    amount, currency = stated.money() if stated else whole
    return Answer(
        line=one.line,
        kind=AnswerKind.PAID if (own.text if own else direction) == "DBIT" else AnswerKind.RETURNED,
        end_to_end_id=reference,
        message_id=one.short("Refs/MsgId"),
        amount_nok=amount,
        currency=currency,
        reason_code=one.value("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")[:35],
        note=one.value("RtrInf/AddtlInf", "AddtlTxInf")[:300],
        booked_date=on,
        bank_reference=one.short("Refs/AcctSvcrRef"),
    )
