from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from runde.foundation.jobs.api import Job, defer_in_transaction
from runde.foundation.journal.api import record
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import hold, new_id

from ..handed_in import drop_incoming, write_incoming
from ..judging import ending_of, judge_size, safe_name
from ..models import Attachment
from ..parsing.found import Reason, Unreadable
from ..queries import count_handed_in
from ..scanning import has_scanner
from .check_attachment import judge_attachment
from .remove_attachment import forget_refused


@transaction.atomic(savepoint=False)
def receive_attachment(
    *,
    file: UploadedFile[Any],
    subject_kind: str,
    subject_id: UUID,
    question: str = "",
    most: int | None = None,
    media_types: Collection[str] | None = None,
    by: Actor,
    at: datetime,
) -> Attachment:
    """Take in a whole file from a person. Nothing is raised for a bad file: the answer's `state` is "refused" then,
    with its `reason`, so that the page can show what was wrong beside the others.

    `most` is how many files the question has room for, `media_types` what it takes (None: all we can read). Whether
    the person may is asked by the caller.
    """
    attachment = Attachment(
        id=new_id(),
        subject_kind=subject_kind,
        subject_id=subject_id,
        question=question,
        name=safe_name(file.name or "", ending_of(file.name or "")),
        size=file.size or 0,
        made_by=by.person_id,
        made_at=at,
    )
    has_refused = True
    try:
        judge_size(attachment.size, settings.UPLOAD_LIMIT_BYTES)
        has_refused = judge_room(attachment, most)
        written = write_incoming(attachment.id, file.chunks(), most=settings.UPLOAD_LIMIT_BYTES)
        judge_size(written, settings.UPLOAD_LIMIT_BYTES)
    except Unreadable as refused:
        attachment.state, attachment.reason = Attachment.State.REFUSED, refused.reason.value
        drop_incoming([attachment.id])
    return take_over(attachment, media_types=media_types, has_refused=has_refused, by=by, at=at)


def take_over(
    attachment: Attachment,
    *,
    media_types: Collection[str] | None,
    has_refused: bool = True,
    by: Actor,
    at: datetime,
) -> Attachment:
    """Check a file that has come whole, write its row, and ask for the virus scan."""
    if has_refused:
        forget_refused(attachment.subject_kind, attachment.subject_id, attachment.question, by=by, at=at)
    judge_attachment(attachment, at=at, media_types=media_types)
    attachment.save(force_insert=True)
    record(
        action="documents.attachment_received",
        subject_kind="attachment",
        subject_id=attachment.id,
        by=by.person_id,
        at=at,
        of=f"{attachment.subject_kind}:{attachment.subject_id}",
        question=attachment.question,
        size=attachment.size,
        state=attachment.state,
        sha256=attachment.sha256,
        reason=attachment.reason,
    )
    if attachment.is_usable and has_scanner():  # one set up later finds what waits
        defer_in_transaction([Job("documents.scan", {"attachment_id": str(attachment.id)})])
    return attachment


def judge_room(attachment: Attachment, most: int | None) -> bool:
    """Whether any file of the subject was refused before. Two handed in at once are counted one after the other.

    Raises Unreadable when there is no room.
    """
    hold("attachments", [f"{attachment.subject_kind}:{attachment.subject_id}"])
    counted = count_handed_in(attachment.subject_kind, attachment.subject_id, attachment.question)
    if counted.there >= settings.UPLOADS_FOR_EACH_SUBJECT or (most is not None and counted.here >= most):
        raise Unreadable(Reason.TOO_MANY)
    return counted.has_refused
