from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import Conflict

from ..domain.history import redo_target, undo_target
from ..models import Draft, DraftRevision
from .keeping import acts_of, keep_act, let_stand, taken


@transaction.atomic
def undo_change(*, draft_id: UUID, revision: int, by: Actor, at: datetime) -> Draft:
    """Back to what stood before the last change. Raises Conflict when there is nothing to undo."""
    authorise(by, "schemes.manage")
    draft = taken(draft_id, revision)
    acts = acts_of(draft)
    target = undo_target(acts)
    if target is None:
        raise Conflict("Det er ingen endringer å angre.")
    undone = acts[-1].shows
    return _move(draft, DraftRevision.Kind.UNDO, target=target, told=undone, by=by, at=at)


@transaction.atomic
def redo_change(*, draft_id: UUID, revision: int, by: Actor, at: datetime) -> Draft:
    """Forward to what was undone last. A new change after an undo cuts this line; its history stays."""
    authorise(by, "schemes.manage")
    draft = taken(draft_id, revision)
    target = redo_target(acts_of(draft))
    if target is None:
        raise Conflict("Det er ingen endringer å gjøre om igjen.")
    return _move(draft, DraftRevision.Kind.REDO, target=target, told=target, by=by, at=at)


def _move(
    draft: Draft, kind: DraftRevision.Kind, *, target: int, told: int, by: Actor, at: datetime
) -> Draft:
    """Let the change `target` stand, and keep the act in the words of the change `told`."""
    rows = {row.number: row for row in DraftRevision.objects.filter(draft=draft, number__in={target, told})}
    let_stand(draft, rows[target].content or {}, by=by, at=at)
    keep_act(draft, kind, what=rows[told].what, shows=target, by=by, at=at)
    return draft
