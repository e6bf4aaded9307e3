from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from runde.foundation.trust.api import Conflict

from ..models import Attachment
from .check_attachment import check_attachment


@transaction.atomic(savepoint=False)
def seal_attachments(*, subject_kind: str, subject_id: UUID, at: datetime) -> list[Attachment]:
    """Let the files of a subject stand from now on, and give them in the order they came: what the seal covers.

    What was refused is no part of it. Raises Conflict when one could not be checked; virus is looked for later.
    """
    of_subject = Attachment.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    rows = list(of_subject.select_for_update().order_by("made_at", "id"))
    for row in rows:
        check_attachment(row, at=at)
    taken = [row for row in rows if row.is_usable]
    if any(row.state == Attachment.State.INFECTED and row.sealed_at is None for row in rows):
        raise Conflict("Et av vedleggene inneholder virus. Fjern det, og send inn på nytt.")
    new = [row.id for row in taken if row.sealed_at is None]
    if new:
        of_subject.filter(id__in=new).update(sealed_at=at)
    return taken
