"""The one value, the several, or the rows that a browser posts for a question."""

from __future__ import annotations

from .question import Raw


def as_line(raw: Raw) -> str:
    """The last value posted: what a browser means when a hidden field stands in for an empty box."""
    if isinstance(raw, str):
        return raw
    last = raw[-1] if isinstance(raw, list) and raw else ""
    return last if isinstance(last, str) else ""


def as_list(raw: Raw) -> list[str]:
    """Every value posted, without empty ones, each once, in order."""
    if isinstance(raw, dict):
        return []
    values = [raw] if isinstance(raw, str) else [one for one in raw if isinstance(one, str)]
    return [value for value in dict.fromkeys(value.strip() for value in values) if value]


def as_pair(raw: Raw, names: tuple[str, str]) -> tuple[str, str]:
    """The two fields of one question; a lone line stands for the first."""
    if isinstance(raw, dict):
        return raw.get(names[0], ""), raw.get(names[1], "")
    return as_line(raw), ""


def as_rows(raw: Raw) -> list[dict[str, str]]:
    """The rows posted; what is not rows is one of its own without columns, or none when empty."""
    if isinstance(raw, list) and any(isinstance(one, dict) for one in raw):
        return [one for one in raw if isinstance(one, dict)]
    return [{"": line}] if (line := as_line(raw).strip()) else []
