"""Days as people type them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})|(\d{4})-(\d{2})-(\d{2})")


def read_day(text: str) -> date | None:
    """14.12.2026 or 2026-12-14; None for anything else."""
    found = DAY.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year, *iso = found.groups()
    parts = tuple(int(one) for one in (iso if iso[0] else (year, month, day)))
    with suppress(ValueError):
        return date(*parts)
    return None
