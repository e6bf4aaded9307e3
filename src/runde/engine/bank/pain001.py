"""Writes a pain.001.001 file, issue 09 or 03: same values in, same bytes out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lxml import etree

from runde.engine.bank.checks import LONGEST_NAME, check_payment_file, payment_info_id
from runde.engine.bank.control import read_pain001
from runde.engine.bank.errors import ControlTotalsDiffer
from runde.engine.bank.payments import Debtor, PaymentBatch, PaymentLine
from runde.engine.bank.printable import bank_text

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001."
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write_pain001(debtor: Debtor, batch: PaymentBatch, lines: Sequence[PaymentLine]) -> bytes:
    """The file for one batch, UTF-8 with an XML declaration.

    Raises a BankFileRefusal subclass for the first rule broken; nothing is written then. The bytes are read
    back and compared with the lines before they are returned (ControlTotalsDiffer).
    """
    check_payment_file(debtor, batch, lines)
    namespace = f"{NAMESPACE}{batch.version}"
    prefixes: Any = {None: namespace}
    document = etree.Element(f"{{{namespace}}}Document", nsmap=prefixes)
    root = _add(document, "CstmrCdtTrfInitn")
    _write_group_header(root, debtor, batch, lines)
    _write_payment_block(root, debtor, batch, lines)
    content = _DECLARATION + etree.tostring(document, encoding="UTF-8", xml_declaration=False)
    _control(content, lines)
    return content


def _write_group_header(
    root: etree._Element, debtor: Debtor, batch: PaymentBatch, lines: Sequence[PaymentLine]
) -> None:
    header = _add(root, "GrpHdr")
    _add(header, "MsgId", batch.message_id)
    _add(header, "CreDtTm", batch.created_at.isoformat(timespec="seconds"))
    _write_totals(header, lines)
    party = _add(header, "InitgPty")
    _add(party, "Nm", _name(debtor.name))
    identity = _add(_add(party, "Id"), "OrgId")
    _write_identity(identity, debtor.customer_id or debtor.organisation_number, "CUST")
    if debtor.division_id:
        _write_identity(identity, debtor.division_id, "BANK")


def _write_payment_block(
    root: etree._Element, debtor: Debtor, batch: PaymentBatch, lines: Sequence[PaymentLine]
) -> None:
    block = _add(root, "PmtInf")
    _add(block, "PmtInfId", payment_info_id(batch))
    _add(block, "PmtMtd", "TRF")
    _add(block, "BtchBookg", "true" if batch.batch_booking else "false")
    _write_totals(block, lines)
    _add(_add(_add(block, "PmtTpInf"), "SvcLvl"), "Cd", "NURG")
    _write_day(block, batch)
    _write_party(block, "Dbtr", debtor.name, debtor.country)
    _add(_write_account(block, "DbtrAcct", debtor.account), "Ccy", "NOK")
    agent = _add(_add(block, "DbtrAgt"), "FinInstnId")
    _add(agent, "BIC" if batch.version == "03" else "BICFI", debtor.bic)
    _add(_add(agent, "PstlAdr"), "Ctry", debtor.country)
    _add(block, "ChrgBr", "SLEV")
    for line in lines:
        _write_line(block, line)


def _write_day(block: etree._Element, batch: PaymentBatch) -> None:
    if batch.version == "03":
        _add(block, "ReqdExctnDt", batch.execution_date.isoformat())
    else:
        _add(_add(block, "ReqdExctnDt"), "Dt", batch.execution_date.isoformat())


def _write_line(block: etree._Element, line: PaymentLine) -> None:
    transfer = _add(block, "CdtTrfTxInf")
    identity = _add(transfer, "PmtId")
    _add(identity, "InstrId", line.reference)
    _add(identity, "EndToEndId", line.reference)
    _add(_add(transfer, "Amt"), "InstdAmt", _amount(line.amount_nok)).set("Ccy", "NOK")
    _write_party(transfer, "Cdtr", line.creditor_name, line.country)
    _write_account(transfer, "CdtrAcct", line.creditor_account)
    _write_remittance(_add(transfer, "RmtInf"), line)


def _write_remittance(remittance: etree._Element, line: PaymentLine) -> None:
    if line.kid is None:
        _add(remittance, "Ustrd", bank_text(line.text or ""))
        return
    reference = _add(_add(remittance, "Strd"), "CdtrRefInf")
    _add(_add(_add(reference, "Tp"), "CdOrPrtry"), "Cd", "SCOR")
    _add(reference, "Ref", line.kid)


def _write_totals(parent: etree._Element, lines: Sequence[PaymentLine]) -> None:
    _add(parent, "NbOfTxs", str(len(lines)))
    _add(parent, "CtrlSum", _amount(_total(lines)))


def _write_identity(parent: etree._Element, value: str, scheme: str) -> None:
    other = _add(parent, "Othr")
    _add(other, "Id", value)
    _add(_add(other, "SchmeNm"), "Cd", scheme)


def _write_party(parent: etree._Element, tag: str, name: str, country: str) -> None:
    party = _add(parent, tag)
    _add(party, "Nm", _name(name))
    _add(_add(party, "PstlAdr"), "Ctry", country)


def _write_account(parent: etree._Element, tag: str, number: str) -> etree._Element:
    account = _add(parent, tag)
    other = _add(_add(account, "Id"), "Othr")
    _add(other, "Id", number)
    _add(_add(other, "SchmeNm"), "Cd", "BBAN")
    return account


def _add(parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}")
    element.text = text
    return element


def _name(name: str) -> str:
    # The account decides where the money goes; the name is shown, so a very long one is cut, not refused.
    return bank_text(name)[:LONGEST_NAME].rstrip()


def _amount(amount_nok: Decimal) -> str:
    return f"{amount_nok:.2f}"


def _total(lines: Sequence[PaymentLine]) -> Decimal:
    return sum((line.amount_nok for line in lines), Decimal(0))


def _control(content: bytes, lines: Sequence[PaymentLine]) -> None:
    written = read_pain001(content)
    expected = [(line.reference, line.amount_nok, line.creditor_account) for line in lines]
    found = [(line.reference, line.amount_nok, line.creditor_account) for line in written.lines]
    if expected != found or written.faults():
        raise ControlTotalsDiffer("Filen ble ikke som bunten. Ikke send den; meld fra til drift.")
