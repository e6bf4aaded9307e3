"""What was typed for a question, in the shape its field needs: one line, several values, a pair, or rows."""

from __future__ import annotations

from runde.foundation.forms.api import Raw

Row = dict[str, str]


def as_text(raw: Raw) -> str:
    """The one value, the last when several were posted."""
    if isinstance(raw, str):
        return raw
    last = raw[-1] if isinstance(raw, list) and raw else ""
    return last if isinstance(last, str) else ""


def as_values(raw: Raw) -> list[str]:
    if isinstance(raw, str):
        return [raw] if raw else []
    return [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []


def part_of(raw: Raw, name: str) -> str:
    return raw.get(name, "") if isinstance(raw, dict) else ""


def rows_of(raw: Raw) -> list[Row]:
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def is_blank(row: Row) -> bool:
    return not any(text.strip() for text in row.values())
