"""The checker's own small reader of payment files: written apart from the one that makes them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

ISSUE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:pain\.001\.001\.0[93]\}")


class Unreadable(Exception):
    """The bytes are not a payment file."""


class PaidLine(NamedTuple):
    """One transfer: its end-to-end id, to which account, how much."""

    reference: str
    account: str
    amount_nok: Decimal


class PaidFile(NamedTuple):
    """What the bytes say: the message, its own count and sum, and the transfers."""

    message_id: str
    transfers: int
    sum_nok: Decimal
    lines: list[PaidLine]


def read_file(content: bytes) -> PaidFile:
    """Everything the audit compares. Raises Unreadable."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", content):
        raise Unreadable("har en DTD")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
        head = next(root.iter(f"{_space(root)}GrpHdr"))
        return PaidFile(
            message_id=_text(head, "MsgId"),
            transfers=int(_text(head, "NbOfTxs")),
            sum_nok=Decimal(_text(head, "CtrlSum")),
            lines=[_line(one) for one in root.iter(f"{_space(root)}CdtTrfTxInf")],
        )
    except (etree.XMLSyntaxError, StopIteration, ValueError, InvalidOperation) as error:
        raise Unreadable(str(error) or "mangler hodet") from error


def _space(element: etree._Element) -> str:
    """The namespace of an issue the house writes, in braces as the tags have it."""
    found = ISSUE.match(str(element.tag))
    if found is None:
        raise ValueError("er av en annen type")
    return found[0]


def _line(transfer: etree._Element) -> PaidLine:
    account = next(transfer.iter(f"{_space(transfer)}CdtrAcct"))
    amount = next(transfer.iter(f"{_space(transfer)}InstdAmt"))
    if amount.get("Ccy") != "NOK":
        raise ValueError("en overføring er ikke i norske kroner")
    return PaidLine(_text(transfer, "EndToEndId"), _text(account, "Id/Othr/Id"), Decimal(amount.text or ""))


def _text(parent: etree._Element, path: str) -> str:
    """The text at a path of tag names, the first of which may lie anywhere below."""
    first, *rest = path.split("/")
    found = next(parent.iter(_space(parent) + first))
    for tag in rest:
        below = found.find(_space(parent) + tag)
        if below is None:
            raise ValueError(f"mangler {tag}")
        found = below
    return found.text or ""
