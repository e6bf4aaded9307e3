"""The day a register file tells about, as far as its name tells."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(?<![0-9])(20[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def register_date_in(file_name: str, *, today: date) -> date | None:
    """The day in the name (2024-01-15, 20240115), or the last day of a year that stands alone; never after today."""
    found = _DAY.search(file_name)
    try:
        day = date(*(int(part) for part in found.groups())) if found else _last_day(file_name)
    except ValueError:
        return None
    return min(day, today) if day else None


def _last_day(file_name: str) -> date | None:
    found = _YEAR.search(file_name)
    return date(int(found[1]), 12, 31) if found else None
