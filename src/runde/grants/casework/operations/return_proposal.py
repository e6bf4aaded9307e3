from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.approvals.api import return_
from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor, authorise

from ..models import Proposal, ProposalLine
from ..queries.cases import lock_cases
from ..queries.proposals import lock_pending_proposal
from .appeal_decided import take_back_returned
from .carry_out import give_back
from .interest import refuse_interest
from .laying import KIND


def return_proposal(*, proposal_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Send all of a proposal back with a reason; its cases are open again.

    Raises NotAllowed, HasInterest in any of them, OwnWork, AlreadyHandled, Refused without a reason, NotFound.
    """
    authorise(by, "casework.approve")
    with transaction.atomic():
        proposal = lock_pending_proposal(proposal_id)
        lines = list(ProposalLine.objects.filter(proposal=proposal, is_open=True))
        refuse_interest(lock_cases([line.case_id for line in lines]), by)
        return_(kind=KIND, subject_id=proposal.id, reason=reason, by=by, at=at)
        ProposalLine.objects.filter(id__in=[line.id for line in lines]).update(is_open=False)
        give_back(lines)
        take_back_returned(lines, by=by, at=at)
        proposal.state = Proposal.State.RETURNED
        proposal.save(update_fields=["state"])
        record_many(
            [
                Happening(
                    "casework.returned", "case", line.case_id, {"proposal": proposal.id, "reason": reason}
                )
                for line in lines
            ],
            by=by.person_id,
            at=at,
        )
