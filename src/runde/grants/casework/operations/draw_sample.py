from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor

from ..domain.sampling import drawn
from ..models import Proposal


def draw_sample(proposal: Proposal, case_ids: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Write which cases the approver is asked to look at, when the proposal is made."""
    record(
        action="casework.sample_drawn",
        subject_kind="proposal",
        subject_id=proposal.id,
        by=by.person_id,
        at=at,
        cases=[str(one) for one in drawn(sorted(case_ids), proposal.id)],
    )
