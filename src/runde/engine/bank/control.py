"""Reads a payment file for control: who is paid what, and whether its own totals agree.

It shares no code with the writer, so that one mistake is not made twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from runde.engine.bank.errors import UnreadableBankFile

_NAMESPACES = tuple(f"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}" for version in ("09", "03"))


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One payment as the file states it."""

    reference: str
    amount_nok: Decimal
    currency: str
    creditor_name: str
    creditor_account: str
    kid: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """One payment block: day, debit account, stated totals, payments."""

    payment_info_id: str
    execution_date: date
    debtor_account: str
    stated_count: int
    stated_sum_nok: Decimal
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A read file. `count` and `sum_nok` are counted from the payments, not taken from the header."""

    message_id: str
    created_at: datetime
    stated_count: int
    stated_sum_nok: Decimal
    blocks: tuple[ReadBlock, ...]

    @property
    def lines(self) -> tuple[ReadLine, ...]:
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def sum_nok(self) -> Decimal:
        return sum((line.amount_nok for line in self.lines), Decimal(0))

    @property
    def references(self) -> tuple[str, ...]:
        """The end-to-end ids, in file order."""
        return tuple(line.reference for line in self.lines)

    def faults(self) -> list[str]:
        """What does not agree inside the file, in Norwegian; empty when all does."""
        return _list_faults(self)


def read_pain001(content: bytes) -> PaymentFile:
    """The file's payments and totals. Raises UnreadableBankFile; never resolves entities or the network."""
    root = _parse(content)
    try:
        return _read_file(root)
    except (ValueError, InvalidOperation) as error:
        raise UnreadableBankFile(f"Bankfilen har et felt som ikke kan leses: {error}") from error


def parse_hardened(content: bytes) -> etree._Element:
    """The root element of untrusted XML: no DTD, no entities, no network. Raises UnreadableBankFile."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableBankFile(f"Filen er ikke gyldig XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableBankFile("Filen har en DTD. Det har ingen bankfil; hent filen på nytt.")
    return root


def _parse(content: bytes) -> etree._Element:
    root = parse_hardened(content)
    if root.tag not in [f"{{{namespace}}}Document" for namespace in _NAMESPACES]:
        raise UnreadableBankFile("Filen er ikke en betalingsfil av typen pain.001.001.09 eller .03.")
    return root


def _space(element: etree._Element) -> dict[str, str]:
    return {"p": etree.QName(element).namespace or ""}


def _read_file(root: etree._Element) -> PaymentFile:
    header = _one(root, "p:CstmrCdtTrfInitn/p:GrpHdr")
    return PaymentFile(
        message_id=_text(header, "p:MsgId"),
        created_at=datetime.fromisoformat(_text(header, "p:CreDtTm")),
        stated_count=int(_text(header, "p:NbOfTxs")),
        stated_sum_nok=Decimal(_text(header, "p:CtrlSum")),
        blocks=tuple(
            _read_block(block) for block in root.iterfind("p:CstmrCdtTrfInitn/p:PmtInf", _space(root))
        ),
    )


def _read_block(block: etree._Element) -> ReadBlock:
    return ReadBlock(
        payment_info_id=_text(block, "p:PmtInfId"),
        execution_date=date.fromisoformat(_execution_day(block)),
        debtor_account=_text(block, "p:DbtrAcct/p:Id/p:Othr/p:Id"),
        stated_count=int(_text(block, "p:NbOfTxs")),
        stated_sum_nok=Decimal(_text(block, "p:CtrlSum")),
        lines=tuple(_read_line(line) for line in block.iterfind("p:CdtTrfTxInf", _space(block))),
    )


def _execution_day(block: etree._Element) -> str:
    """Issue 03 writes the day itself, 09 inside a choice."""
    day = _one(block, "p:ReqdExctnDt")
    return day.text or "" if len(day) == 0 else _text(day, "p:Dt")


def _read_line(line: etree._Element) -> ReadLine:
    amount = _one(line, "p:Amt/p:InstdAmt")
    return ReadLine(
        reference=_text(line, "p:PmtId/p:EndToEndId"),
        amount_nok=Decimal(amount.text or ""),
        currency=amount.get("Ccy", ""),
        creditor_name=_text(line, "p:Cdtr/p:Nm"),
        creditor_account=_text(line, "p:CdtrAcct/p:Id/p:Othr/p:Id"),
        kid=line.findtext("p:RmtInf/p:Strd/p:CdtrRefInf/p:Ref", None, _space(line)),
        text=line.findtext("p:RmtInf/p:Ustrd", None, _space(line)),
    )


def _one(parent: etree._Element, path: str) -> etree._Element:
    found = parent.find(path, _space(parent))
    if found is None:
        raise ValueError(f"mangler {path.replace('p:', '')}")
    return found


def _text(parent: etree._Element, path: str) -> str:
    return _one(parent, path).text or ""


def _list_faults(file: PaymentFile) -> list[str]:
    faults = []
    if (file.stated_count, file.stated_sum_nok) != (file.count, file.sum_nok):
        faults.append("Antall eller sum i hodet stemmer ikke med betalingene.")
    for block in file.blocks:
        total = sum((line.amount_nok for line in block.lines), Decimal(0))
        if (block.stated_count, block.stated_sum_nok) != (len(block.lines), total):
            faults.append(f"Antall eller sum i {block.payment_info_id} stemmer ikke med betalingene.")
    if len(set(file.references)) != file.count:
        faults.append("Minst én referanse er brukt to ganger.")
    if any(line.currency != "NOK" for line in file.lines):
        faults.append("Minst én betaling er ikke i norske kroner.")
    if any((line.kid is None) == (line.text is None) for line in file.lines):
        faults.append("Minst én betaling har ikke enten KID eller tekst.")
    return faults
