from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise

from ..domain.changing import require_change
from ..domain.comparing import compare_contents
from ..domain.content import Content, digest_of
from ..models import Draft, DraftRevision
from .keeping import keep_act, let_stand, standing_change, taken


@transaction.atomic
def change_draft(
    *, draft_id: UUID, content: Content, revision: int, what: str, by: Actor, at: datetime
) -> Draft:
    """Let the draft say `content`. `revision` is the one the writer had read, `what` the act in words.

    Content that says the same as before is no change: the draft is given back as it stands.
    Raises ChangedMeanwhile when somebody has changed it since; DraftRefused with every fault; InUse.
    """
    authorise(by, "schemes.manage")
    draft = taken(draft_id, revision)
    require_change(draft.content, content)
    if digest_of(content) == draft.digest:
        return draft
    changes = [change.sentence for change in compare_contents(draft.content, content)]
    parent = standing_change(draft)
    let_stand(draft, content, by=by, at=at)
    what = what.strip() or (changes[0] if changes else "Endret kladden")
    keep_act(draft, DraftRevision.Kind.CHANGE, what=what, parent=parent, changes=changes, by=by, at=at)
    return draft
