"""One cell as a fact's value: what the adviser wrote, read in one way only or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from runde.engine.reference.api import list_municipalities
from runde.engine.rules import Fact, RuleError
from runde.engine.rules.errors import closest
from runde.engine.rules.ruleset import Texts
from runde.engine.rules.typed_values import field_kind, read_typed
from runde.engine.rules.value_types import NOK, SHARE, Kind, ValueType
from runde.engine.scenarios.headings import BETWEEN, UNKNOWN, plain
from runde.engine.scenarios.report import CellProblem

_YES_NO = {"ja": True, "nei": False, "yes": True, "no": False, "sann": True, "usann": False}
_YES_NO |= {"true": True, "false": False}
_PERCENT = re.compile(r"(%|prosent|per cent)$", re.IGNORECASE)
_LOOKS_LIKE_CODE = re.compile(r"[0-9][0-9.]{0,9}")

MUNICIPALITY = "municipality"
"""The register's fact whose codes are the country's municipality numbers, held by the reference room."""


class UnreadableCell(ValueError):
    """The cell cannot be read in one way. Carries the problem, without its row and column."""

    def __init__(self, message: str, expected: str = "", found: str = "", suggestion: str = "") -> None:
        super().__init__(message)
        self.problem = CellProblem(message, expected=expected, found=found[:60], suggestion=suggestion)


def read_cell(fact: Fact, text: str, on: date) -> Any:
    """The fact's value; None for an empty cell and for "ukjent". Raises UnreadableCell."""
    if text.casefold() in UNKNOWN:
        return None
    kind = fact.value_type.kind
    if kind is Kind.BOOLEAN:
        return read_yes_no(text)
    if kind is Kind.CODES:
        return frozenset(_code(part.strip(), fact.codes) for part in text.split(BETWEEN.strip()))
    if kind is Kind.TEXT:
        return _text(fact, text, on)
    return read_figure(fact.value_type, text)


def read_yes_no(text: str) -> bool:
    try:
        return _YES_NO[text.casefold()]
    except KeyError:
        raise UnreadableCell(
            f"«{text[:60]}» er ikke ja eller nei.", "ja, nei eller la ruten stå tom"
        ) from None


def read_figure(value_type: ValueType, text: str) -> Any:
    """A number as Decimal, or a day. A share must have its per cent sign. Raises UnreadableCell."""
    if value_type.unit == SHARE and not _PERCENT.search(text) and text != "0":
        raise UnreadableCell("Andelen mangler prosenttegn.", "prosenten med tegn, som 30 %", text)
    try:
        return read_typed(field_kind(value_type), text)
    except RuleError as error:
        problem = error.first
        raise UnreadableCell(
            problem.message, problem.expected or "", text, problem.suggestion or ""
        ) from error


def read_day(text: str) -> date:
    """Raises UnreadableCell."""
    day: date = read_figure(ValueType(Kind.DATE), text)
    return day


def read_amount(text: str) -> Any:
    """Kroner as Decimal. Raises UnreadableCell."""
    return read_figure(ValueType(Kind.NUMBER, scale=2, unit=NOK), text)


def _text(fact: Fact, text: str, on: date) -> str:
    if fact.codes:
        return _code(text, fact.codes)
    if fact.name == MUNICIPALITY:
        return _municipality(text, on)
    return text


def _code(text: str, codes: Mapping[str, Texts]) -> str:
    """The code itself, also when its name is written. A longer industry code may begin with a listed one."""
    names = {plain(name): code for code, texts in codes.items() for name in texts.values()}
    names |= {plain(code): code for code in codes}
    known = names.get(plain(text))
    if known is not None:
        return known
    if _LOOKS_LIKE_CODE.fullmatch(text) and any(code[:1].isdigit() for code in codes):
        return text
    raise UnreadableCell(
        f"«{text[:60]}» finnes ikke i kodelista.",
        "koden eller navnet på den",
        text,
        closest(text, names) or "",
    )


def _municipality(text: str, on: date) -> str:
    """The number, also when the name is written. A number without its leading zero is pointed out."""
    if re.fullmatch(r"\d{4}", text):
        return text
    if re.fullmatch(r"\d{3}", text):
        message = "Kommunenummeret har bare tre siffer. Regnearket tar ofte bort en null foran."
        raise UnreadableCell(message, "alle fire sifrene, eller navnet på kommunen", text, f"0{text}")
    names = _municipalities(on)
    found = names.get(plain(text), ())
    if len(found) == 1:
        return found[0]
    message = "Flere kommuner heter det." if found else f"Vi kjenner ingen kommune som heter «{text[:60]}»."
    suggestion = "" if found else closest(text, names) or ""
    raise UnreadableCell(message, "kommunenummeret med fire siffer", text, suggestion)


@lru_cache(maxsize=8)
def _municipalities(on: date) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for place in list_municipalities(on):
        names[plain(place.name)] = (*names.get(plain(place.name), ()), place.number)
    return names
