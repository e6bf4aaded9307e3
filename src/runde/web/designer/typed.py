"""Figures and dates as people type them; each gives what was read and the sentence that says how to mend it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from runde.engine.rules import (
    FieldKind,
    RuleError,
    ValueType,
    field_kind,
    read_codes,
    read_typed,
    typed_text,
)
from runde.web.designer.acts.sent import problem_sentence


def _read(kind: FieldKind, text: str) -> tuple[Any, str]:
    if not text:
        return None, ""
    try:
        return read_typed(kind, text), ""
    except RuleError as error:
        return None, problem_sentence(error.first)


def read_percent(text: str) -> tuple[Decimal | None, str]:
    """ "40" or "40,5 %" -> 0.405"""
    share, wrong = _read("share", text)
    if share is not None and not 0 <= share <= 1:
        return None, "Skriv et tall mellom 0 og 100."
    return share, wrong


def read_whole(text: str) -> tuple[int | None, str]:
    value, wrong = _read("integer", text)
    return (None if value is None else int(value)), wrong


def read_day(text: str) -> tuple[date | None, str]:
    return _read("date", text)


def read_value(text: str, value_type: ValueType) -> tuple[str, str]:
    """A value as rules are stored with: "0.45", "true", "2026-03-01"."""
    kind = field_kind(value_type)
    if not text:
        return "", "Skriv hvilken verdi vi skal regne med."
    if kind == "codes":
        return _read_code(text, value_type)
    value, wrong = _read(kind, text)
    return stored(value), wrong


def _read_code(text: str, value_type: ValueType) -> tuple[str, str]:
    try:
        return ", ".join(read_codes(text, value_type.codes)), ""
    except RuleError as error:
        return "", problem_sentence(error.first)


def stored(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def shown_value(text: str, value_type: ValueType) -> str:
    """The other way: "0.45" -> "45"."""
    kind = field_kind(value_type)
    if kind in ("share", "money", "integer", "decimal"):
        return typed_text(Decimal(text), kind)
    if kind == "date":
        return typed_text(date.fromisoformat(text), kind)
    if kind == "boolean":
        return "ja" if text == "true" else "nei"
    return text


def percent_text(share: Decimal | str) -> str:
    """0.405 -> "40,5" """
    return typed_text(Decimal(share), "share")
