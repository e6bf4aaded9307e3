"""Reads pain.002: whether the bank took the payment file, and each payment in it.

Codes by ISO 20022 ExternalPaymentTransactionStatus1Code and its sisters for group and payment block.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from runde.engine.bank.answer_xml import Node
from runde.engine.bank.answers import Answer, AnswerFile, AnswerKind
from runde.engine.reference.api import bank_reason

_KINDS = {
    "RCVD": AnswerKind.ACCEPTED,
    "ACTC": AnswerKind.ACCEPTED,
    "ACCP": AnswerKind.ACCEPTED,
    "ACSP": AnswerKind.ACCEPTED,
    "ACWC": AnswerKind.ACCEPTED,
    "ACFC": AnswerKind.ACCEPTED,
    "PDNG": AnswerKind.ACCEPTED,
    "PATC": AnswerKind.ACCEPTED,
    "ACSC": AnswerKind.PAID,
    "ACCC": AnswerKind.PAID,
    "RJCT": AnswerKind.REJECTED,
}
_LOOK_INSIDE = "PART"
_PAYMENT_FILE = "pain.001"
_ISSUED_BY_BANK = 300


def read_pain002(document: Node, name: str) -> AnswerFile:
    """The answers of one status file, the whole before the parts. Raises UnreadableBankFile with the line."""
    report = document.one("CstmrPmtStsRpt")
    header, original = report.one("GrpHdr"), report.one("OrgnlGrpInfAndSts")
    kind_of_file = original.one("OrgnlMsgNmId")
    if not kind_of_file.text.startswith(_PAYMENT_FILE):
        raise kind_of_file.refusal(f"filen svarer på «{kind_of_file.text[:35]}», ikke på en betalingsfil")
    message_id = original.one("OrgnlMsgId").text
    made = header.one("CreDtTm")
    return AnswerFile(
        format=name,
        message_id=header.short("MsgId"),
        created=made.text[:40],
        message_ids=frozenset([message_id]),
        accounts=frozenset(),
        answers=tuple(_answers(report, original, message_id, made.day())),
        others=0,
    )


def _answers(report: Node, original: Node, message_id: str, on: date) -> Iterator[Answer]:
    if original.find("GrpSts"):
        yield from _answer(original, "GrpSts", message_id, "", on)
    for block in report.many("OrgnlPmtInfAndSts"):
        if block.find("PmtInfSts"):
            yield from _answer(block, "PmtInfSts", message_id, "", on)
        for transaction in block.many("TxInfAndSts"):
            reference = transaction.one("OrgnlEndToEndId")
            yield from _answer(transaction, "TxSts", message_id, reference.text, on)


def _answer(node: Node, path: str, message_id: str, reference: str, on: date) -> Iterator[Answer]:
    status = node.one(path)
    if status.text == _LOOK_INSIDE and not reference:
        return
    if status.text not in _KINDS:
        raise status.refusal(f"statuskoden «{status.text[:20]}» kjenner vi ikke")
    code, note = _reason(node)
    amount, currency = _amount(node)
    yield Answer(
        line=node.line,
        kind=_kind(_KINDS[status.text], code, on),
        end_to_end_id=reference,
        message_id=message_id,
        amount_nok=amount,
        currency=currency,
        reason_code=code,
        note=note,
    )


def _kind(kind: AnswerKind, code: str, on: date) -> AnswerKind:
    """A file sent twice is refused as seen before: the first one may well have been paid."""
    if kind is AnswerKind.REJECTED and bank_reason(code, on).effect == "repeat":
        return AnswerKind.REPEATED
    return kind


def _reason(node: Node) -> tuple[str, str]:
    codes = [found for one in node.many("StsRsnInf") if (found := one.value("Rsn/Cd", "Rsn/Prtry"))]
    notes = [found.text for one in node.many("StsRsnInf") for found in one.many("AddtlInf")]
    return (codes[0] if codes else "")[:35], " ".join(notes)[:_ISSUED_BY_BANK]


def _amount(node: Node) -> tuple[Decimal | None, str]:
    stated = node.find("OrgnlTxRef/Amt/InstdAmt")
    return stated.money() if stated else (None, "")
