from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor

from ..models import Draft


def discard_draft(*, draft_id: UUID, revision: int, by: Actor, at: datetime) -> Draft:
    """Throw the draft away: it leaves the lists and can no longer be changed. Its history stays."""
    raise NotImplementedError
