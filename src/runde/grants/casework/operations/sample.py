from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor, authorise
from runde.foundation.trust.api import NotFound

from ..domain.sampling import drawn
from ..models import ProposalLine
from ..queries.letter_preview import preview_letter
from ..queries.proposals import get_proposal


def open_sample(*, proposal_id: UUID, case_id: UUID, by: Actor, at: datetime) -> bytes:
    """The letter of a case in a proposal, as PDF. That it was opened is written, and whether it was of the sample.

    Raises NotFound, NotAllowed.
    """
    authorise(by, "casework.declare")
    proposal = get_proposal(proposal_id)
    cases = list(ProposalLine.objects.filter(proposal=proposal).values_list("case_id", flat=True))
    if case_id not in cases:
        raise NotFound("Saken er ikke med i forslaget. Gå tilbake til forslaget.")
    letter = preview_letter(case_id=case_id, by=by, at=at)
    with transaction.atomic():
        record(
            action="casework.sample_opened",
            subject_kind="proposal",
            subject_id=proposal.id,
            by=by.person_id,
            at=at,
            case=case_id,
            drawn=case_id in drawn(sorted(cases), proposal.id),
        )
    return letter
