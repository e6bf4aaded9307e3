from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise

from ..models import Draft
from .keeping import taken


@transaction.atomic
def discard_draft(*, draft_id: UUID, revision: int, by: Actor, at: datetime) -> Draft:
    """Throw the draft away: it leaves the lists and can no longer be changed. Its history stays."""
    authorise(by, "schemes.manage")
    draft = taken(draft_id, revision)
    draft.state, draft.changed_at, draft.changed_by = Draft.State.DISCARDED, at, by.person_id
    draft.save(update_fields=["state", "changed_at", "changed_by"])
    record(
        action="designs.discarded",
        subject_kind="draft",
        subject_id=draft.id,
        by=by.person_id,
        at=at,
        revision=draft.revision,
        digest=draft.digest,
    )
    return draft
