from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor

from ..models import Draft


def undo_change(*, draft_id: UUID, revision: int, by: Actor, at: datetime) -> Draft:
    """Back to what stood before the last change. Raises Conflict when there is nothing to undo."""
    raise NotImplementedError


def redo_change(*, draft_id: UUID, revision: int, by: Actor, at: datetime) -> Draft:
    """Forward to what was undone last. A new change after an undo cuts this line; its history stays."""
    raise NotImplementedError
