from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor
from runde.grants.schemes.api import SchemeVersion

from ..models import SharedScheme


def share_version(*, version: SchemeVersion, by: Actor, at: datetime) -> SharedScheme:
    """Put a published version on the region's shelf. An earlier version of the scheme leaves it."""
    raise NotImplementedError


def unshare(*, shared_id: UUID, by: Actor, at: datetime) -> None:
    """Take one's own scheme off the shelf. Copies others have made stay theirs."""
    raise NotImplementedError
