"""The one value or the several that a browser posts for a field."""

from __future__ import annotations

from .question import Raw


def as_line(raw: Raw) -> str:
    """The last value posted: what a browser means when a hidden field stands in for an empty box."""
    if isinstance(raw, str):
        return raw
    return raw[-1] if raw else ""


def as_list(raw: Raw) -> list[str]:
    """Every value posted, without empty ones, each once, in order."""
    values = [raw] if isinstance(raw, str) else raw
    return [value for value in dict.fromkeys(value.strip() for value in values) if value]
