"""Untrusted XML from the bank, read element by element: whatever is odd is refused with its line and a sentence."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from runde.engine.bank.errors import UnreadableBankFile

LARGEST_BYTES = 32 * 1024 * 1024
_AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T\S*)?|[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
_LONGEST = 4_000
_ORE = Decimal("0.01")


class Node:
    """An element with its namespace: finds children by plain names, and knows its line."""

    def __init__(self, element: etree._Element, namespace: str) -> None:
        self._element, self._namespace = element, namespace

    @property
    def line(self) -> int:
        return _line_of(self._element)

    @property
    def name(self) -> str:
        return etree.QName(self._element).localname

    @property
    def text(self) -> str:
        if len(self._element):
            raise self.refusal(f"«{self.name}» skal ha tekst, ikke andre felt")
        text = (self._element.text or "").strip()
        if not text or len(text) > _LONGEST:
            raise self.refusal(f"«{self.name}» er tomt eller for langt")
        return text

    def find(self, path: str) -> "Node | None":
        """The first element on the path, "Refs/EndToEndId"; None when there is none."""
        found = self._element.find(self._path(path))
        return None if found is None else Node(found, self._namespace)

    def one(self, path: str) -> "Node":
        found = self.find(path)
        if found is None:
            raise self.refusal(f"«{path}» mangler i «{self.name}»")
        return found

    def many(self, path: str) -> "Iterator[Node]":
        return (Node(found, self._namespace) for found in self._element.iterfind(self._path(path)))

    def value(self, *paths: str) -> str:
        """The text of the first of the paths that is there; empty when none is."""
        for path in paths:
            found = self.find(path)
            if found is not None:
                return found.text
        return ""

    def short(self, path: str, longest: int = 35) -> str:
        """As `value`, for references: refuses what is longer than the format allows."""
        found = self.find(path)
        if found is None:
            return ""
        if len(found.text) > longest:
            raise found.refusal(f"«{found.name}» har {len(found.text)} tegn, og kan ha høyst {longest}")
        return found.text

    def money(self) -> tuple[Decimal, str]:
        """The amount and its currency."""
        if not _AMOUNT.fullmatch(self.text):
            raise self.refusal(f"«{self.text[:40]}» er ikke et beløp")
        amount = Decimal(self.text)
        if amount != amount.quantize(_ORE):
            raise self.refusal(f"beløpet «{self.text[:40]}» har mer enn to desimaler")
        currency = self._element.get("Ccy", "")
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise self.refusal("beløpet mangler valuta")
        return amount.quantize(_ORE), currency

    def day(self) -> date:
        try:
            if _DAY.fullmatch(self.text):
                return date.fromisoformat(self.text[:10])
        except ValueError:
            pass
        raise self.refusal(f"«{self.text[:40]}» er ikke en dato")

    def refusal(self, why: str) -> UnreadableBankFile:
        return refusal_at(self.line, why)

    def _path(self, path: str) -> str:
        return "/".join(f"{{{self._namespace}}}{name}" for name in path.split("/"))


def refusal_at(line: int, why: str) -> UnreadableBankFile:
    return UnreadableBankFile(f"Linje {line}: {why}. Hent filen på nytt fra banken. Ingenting er endret.")


def parse_answer(content: bytes) -> tuple[Node, str]:
    """The root and its namespace. No DTD, no entities, no network, no more than the largest size."""
    if len(content) > LARGEST_BYTES:
        raise refusal_at(1, f"filen er større enn {LARGEST_BYTES // 1024 // 1024} MB")
    root = _parsed(content)
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal_at(1, "filen har en DTD, og det har ingen bankfil")
    _refuse_odd_nodes(root)
    namespace = etree.QName(root).namespace or ""
    return Node(root, namespace), namespace


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refusal_at(error.lineno or 1, "filen er ikke hel XML") from error
    except ValueError as error:
        raise refusal_at(1, "filen er ikke hel XML") from error


def _refuse_odd_nodes(root: etree._Element) -> None:
    """An entity that is not resolved hides text; a processing instruction has no place in a bank file."""
    for node in root.iter(etree.Entity, etree.ProcessingInstruction):
        raise refusal_at(_line_of(node), "filen har tegn som ingen bankfil skal ha")


def _line_of(node: Any) -> int:
    return int(node.sourceline or 1)
