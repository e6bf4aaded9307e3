from __future__ import annotations

from uuid import UUID

from runde.foundation.trust.api import NotFound, hold

from ..errors import AlreadyHandled
from ..models import Proposal

LOST = "Vi finner ikke forslaget. Gå tilbake til lista over forslag."


def lock_pending_proposal(proposal_id: UUID) -> Proposal:
    """The proposal, held until the transaction ends. Raises NotFound, AlreadyHandled."""
    hold("proposal", [str(proposal_id)])
    proposal = get_proposal(proposal_id)
    if proposal.state != Proposal.State.PENDING:
        raise AlreadyHandled("Forslaget er allerede behandlet. Last siden på nytt og se hva som ble gjort.")
    return proposal


def get_proposal(proposal_id: UUID) -> Proposal:
    """Raises NotFound."""
    proposal = Proposal.objects.filter(id=proposal_id).first()
    if proposal is None:
        raise NotFound(LOST)
    return proposal


def list_proposals(*, state: str = Proposal.State.PENDING) -> list[Proposal]:
    """Proposals in a state, oldest first."""
    return list(Proposal.objects.filter(state=state).order_by("prepared_at", "id"))
