from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from runde.foundation.people.api import Actor

from ..models import Draft, DraftRevision


class Undoing(NamedTuple):
    """What undo and redo would do, in the words of the change; None when there is nothing."""

    undo: str | None
    redo: str | None


def get_draft(draft_id: UUID, actor: Actor) -> Draft:
    """Raises NotFound, also for those who may not read drafts."""
    raise NotImplementedError


def find_draft(draft_id: UUID, actor: Actor) -> Draft | None:
    raise NotImplementedError


def list_drafts(actor: Actor, *, with_closed: bool = False) -> list[Draft]:
    """Drafts being written, the last changed first; with published and discarded ones when asked for."""
    raise NotImplementedError


def list_revisions(draft: Draft) -> list[DraftRevision]:
    """Every act on the draft, the newest first, without content."""
    raise NotImplementedError


def get_revision(draft: Draft, number: int) -> DraftRevision:
    """One act, `content` filled in as it stood after it. Raises NotFound."""
    raise NotImplementedError


def undoing(draft: Draft) -> Undoing:
    raise NotImplementedError
