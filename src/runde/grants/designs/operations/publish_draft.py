from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor
from runde.grants.schemes.api import SchemeVersion


def publish_draft(*, draft_id: UUID, revision: int, key: str, by: Actor, at: datetime) -> SchemeVersion:
    """Make the draft the next version of its scheme, with its form. The same `key` again gives the same version.

    Raises NotReady listing everything that lacks; ChangedMeanwhile; Conflict when it is no longer a draft.
    """
    raise NotImplementedError
