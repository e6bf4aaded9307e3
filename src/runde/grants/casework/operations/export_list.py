"""Taking a list out to the body's own papers: what was taken out, and by whom, stands in the journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor

from ..queries.treatments import TreatmentPage, treatment_page


def export_list(*, proposal_id: UUID, form: str, by: Actor, at: datetime) -> TreatmentPage:
    """The list as it is now; `form` ("csv" or "pdf") is written in the journal. Raises NotAllowed, NotFound."""
    with transaction.atomic():
        found = treatment_page(proposal_id, by=by)
        record(
            action="casework.list_exported",
            subject_kind="proposal",
            subject_id=proposal_id,
            by=by.person_id,
            at=at,
            form=form,
            body=found.treatment.body,
            count=len(found.lines),
            sum_nok=found.sum_nok,
        )
    return found
