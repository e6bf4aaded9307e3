"""Where a call stands on its own clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Phase(StrEnum):
    """In GRACE the deadline has passed: those who had begun may still send, nobody may begin."""

    DRAFT = "draft"
    NOT_OPEN = "not_open"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


def phase_at(
    *, state: str, opens_at: datetime, closes_at: datetime, at: datetime, grace_minutes: int = 0
) -> Phase:
    """The phase at a moment. A call is open from `opens_at`, and no longer open at `closes_at`."""
    if state != "published":
        return Phase(state)
    if at < opens_at:
        return Phase.NOT_OPEN
    if at < closes_at:
        return Phase.OPEN
    return Phase.GRACE if at < grace_ends(closes_at, grace_minutes) else Phase.CLOSED


def grace_ends(closes_at: datetime, grace_minutes: int) -> datetime:
    """The moment nothing more can be sent."""
    return closes_at + timedelta(minutes=grace_minutes)
