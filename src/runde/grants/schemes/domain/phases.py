"""Where a call stands on its own clock."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    DRAFT = "draft"
    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


def phase_at(*, state: str, opens_at: datetime, closes_at: datetime, at: datetime) -> Phase:
    """The phase at a moment. A call is open from `opens_at`, and no longer open at `closes_at`."""
    if state != "published":
        return Phase(state)
    if at < opens_at:
        return Phase.NOT_OPEN
    return Phase.OPEN if at < closes_at else Phase.CLOSED
