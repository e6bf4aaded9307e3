from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import Conflict

from ..handed_in import drop_all
from ..models import Attachment, Upload

SEALED = "Filen er sendt inn sammen med søknaden, og kan ikke fjernes."


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Take away a file with its bytes. Removing it again does nothing. Raises Conflict when it is sealed."""
    found = Attachment.objects.select_for_update().filter(id=attachment.id)
    if found.filter(sealed_at__isnull=False).exists():
        raise Conflict(SEALED)
    _erase(found, by=by, at=at)


@transaction.atomic
def remove_all_attachments(*, subject_kind: str, subject_id: UUID, by: Actor | None, at: datetime) -> int:
    """Take away every file of a subject that is erased, also those on their way in. Raises Conflict when sealed."""
    of_subject = {"subject_kind": subject_kind, "subject_id": subject_id}
    found = Attachment.objects.filter(**of_subject)
    if found.filter(sealed_at__isnull=False).exists():
        raise Conflict(SEALED)
    drop_uploads(Upload.objects.filter(**of_subject))
    return _erase(found, by=by, at=at)


def forget_refused(subject_kind: str, subject_id: UUID, question: str, *, by: Actor, at: datetime) -> None:
    """A new try takes the place of what the same person was refused."""
    _erase(
        Attachment.objects.filter(
            subject_kind=subject_kind,
            subject_id=subject_id,
            question=question,
            made_by=by.person_id,
            state=Attachment.State.REFUSED,
            made_at__lt=at - timedelta(seconds=5),  # several files sent together are shown together
        ),
        by=by,
        at=at,
    )


def _erase(found: QuerySet[Attachment], *, by: Actor | None, at: datetime) -> int:
    rows = list(found)
    if not rows:
        return 0
    gone = [
        Happening(
            "documents.attachment_removed",
            "attachment",
            row.id,
            {"of": f"{row.subject_kind}:{row.subject_id}", "sha256": row.sha256},
        )
        for row in rows
    ]
    Attachment.objects.filter(id__in=[row.id for row in rows]).delete()
    drop_all(row.id for row in rows)
    record_many(gone, by=by.person_id if by else None, at=at)
    return len(rows)


def drop_uploads(found: QuerySet[Upload]) -> int:
    ids = list(found.values_list("id", flat=True))
    Upload.objects.filter(id__in=ids).delete()
    drop_all(ids)
    return len(ids)
