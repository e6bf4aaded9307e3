"""How far the making of letters has come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from runde.foundation.documents.api import standing_keys
from runde.foundation.people.api import Actor, authorise

from ..models import Decision, Proposal
from ..operations.write_letters import letter_key
from .proposals import get_proposal


@dataclass(frozen=True, slots=True)
class LettersMade:
    """Of a proposal that is approved: letters made, of so many decisions. `waiting` are cases without, at most 20."""

    proposal: Proposal
    made: int
    total: int
    waiting: tuple[tuple[UUID, str], ...]

    @property
    def is_done(self) -> bool:
        return self.made == self.total


def letters_made(proposal_id: UUID, *, by: Actor) -> LettersMade:
    """Counted now, in a fixed number of statements. Raises NotAllowed, NotFound."""
    authorise(by, "casework.list")
    proposal = get_proposal(proposal_id)
    rows = list(
        Decision.objects.filter(proposal_id=proposal_id)
        .order_by("decided_at", "id")
        .values_list("id", "case_id", "case__number")
    )
    standing = standing_keys([letter_key(decision_id) for decision_id, _, _ in rows])
    waiting = [
        (case_id, number) for decision_id, case_id, number in rows if letter_key(decision_id) not in standing
    ]
    return LettersMade(proposal, len(rows) - len(waiting), len(rows), tuple(waiting[:20]))
