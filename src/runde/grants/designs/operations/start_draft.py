from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor
from runde.grants.schemes.api import SchemeVersion

from ..models import Draft


def start_blank_draft(*, title: str, by: Actor, at: datetime) -> Draft:
    """A draft with the tenant's own municipality as its one requirement, and questions every form needs."""
    raise NotImplementedError


def start_draft_from_example(*, name: str, by: Actor, at: datetime) -> Draft:
    """A draft from a ready-made scheme; `name` is one of `list_examples()`. Raises NotFound."""
    raise NotImplementedError


def start_draft_from_version(*, version: SchemeVersion, by: Actor, at: datetime) -> Draft:
    """A draft to be the next version of the version's scheme."""
    raise NotImplementedError


def copy_from_shelf(*, shared_id: UUID, by: Actor, at: datetime) -> Draft:
    """A draft of one's own from another's shared scheme, with the municipality set to one's own. Raises NotFound."""
    raise NotImplementedError


def import_draft(*, data: bytes, by: Actor, at: datetime) -> Draft:
    """A draft from a "runde-scheme/1" file. Raises FileRefused with place and fault."""
    raise NotImplementedError
