"""What a case is sorted and grouped by in the list. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

YEAR = 100_000_000  # more cases than any municipality sees in a year


def ordinal_of(number: str) -> int:
    """Case numbers in the order people count: 26/9 before 26/10, and 26/999 before 27/1."""
    year, _, running = number.partition("/")
    return int(year) * YEAR + int(running)


def municipality_in(facts: Mapping[str, Any]) -> str:
    """The number of the municipality the company is in, by the register facts under the seal; empty when unknown."""
    known = facts.get("register", {}).get("municipality", {})
    return str(known.get("value") or "")[:4]
