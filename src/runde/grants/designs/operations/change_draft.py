from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor

from ..domain.content import Content
from ..models import Draft


def change_draft(
    *, draft_id: UUID, content: Content, revision: int, what: str, by: Actor, at: datetime
) -> Draft:
    """Let the draft say `content`. `revision` is the one the writer had read, `what` the act in words.

    Raises ChangedMeanwhile when somebody has changed it since; DraftRefused with every fault; InUse.
    """
    raise NotImplementedError
