from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise

from ..domain.changing import require_change
from ..domain.comparing import compare_contents
from ..domain.content import Content, digest_of
from ..domain.one_step import is_same_moment, is_same_value
from ..models import Draft, DraftRevision
from .keeping import keep_act, last_act, let_stand, taken


@transaction.atomic
def change_draft(
    *, draft_id: UUID, content: Content, revision: int, what: str, by: Actor, at: datetime
) -> Draft:
    """Let the draft say `content`. `revision` is the one the writer had read, `what` the act in words.

    Content that says the same as before is no change: the draft is given back as it stands. Without `what` the
    change is told by what differs, and goes on with the writer's own last one when both are of the same value
    within seconds: undo then leads to what stood before either.
    Raises ChangedMeanwhile when somebody has changed it since; DraftRefused with every fault; InUse.
    """
    authorise(by, "schemes.manage")
    draft = taken(draft_id, revision)
    require_change(draft.content, content)
    if digest_of(content) == draft.digest:
        return draft
    last = last_act(draft)
    parent, before = last.shows, draft.content
    begun = None if what.strip() else _begun(draft, last, content, by=by, at=at)
    if begun is not None:
        parent, before = begun.number, begun.content or {}
    changes = [change.sentence for change in compare_contents(before, content)]
    let_stand(draft, content, by=by, at=at)
    what = what.strip() or (changes[0] if changes else "Endret kladden")
    keep_act(draft, DraftRevision.Kind.CHANGE, what=what, parent=parent, changes=changes, by=by, at=at)
    return draft


def _begun(
    draft: Draft, last: DraftRevision, content: Content, *, by: Actor, at: datetime
) -> DraftRevision | None:
    """What stood before the writer began on the value that `content` only goes on with; None for a new step."""
    is_change = last.kind == DraftRevision.Kind.CHANGE
    if not is_change or last.made_by != by.person_id or not is_same_moment(last.made_at, at):
        return None
    before = DraftRevision.objects.get(draft=draft, number=last.parent or 1)
    return before if is_same_value(before.content or {}, draft.content, content) else None
