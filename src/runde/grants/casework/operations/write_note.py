from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.people.api import Actor, authorise

from ..models import InternalNote
from .following import hold_case, journal, said


def write_note(*, case_id: UUID, text: str, by: Actor, at: datetime) -> InternalNote:
    """Write a note for the municipality's own people. It never reaches the applicant, and is never changed.

    The journal tells that a note was written, not what it says. Raises Unsaid, NotAllowed, NotFound.
    """
    with transaction.atomic():
        case = hold_case(case_id)
        authorise(by, "casework.note", case)
        note = InternalNote.objects.create(
            case=case, text=said(text, if_empty="Skriv notatet."), written_by=by.person_id, written_at=at
        )
        journal("casework.note_written", case_id, by.person_id, at, note=note.id)
    return note
