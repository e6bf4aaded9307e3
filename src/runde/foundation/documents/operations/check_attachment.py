from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from runde.foundation.journal.api import record

from ..checking import read_in_child
from ..handed_in import digest_of, drop_incoming, incoming, keep_checked
from ..judging import FIRST_BYTES, FileType, judge_size, judge_start, safe_name
from ..models import Attachment
from ..parsing.found import Found, Reason, Unreadable


def check_attachment(
    attachment: Attachment, *, at: datetime, media_types: Collection[str] | None = None
) -> Attachment:
    """Check a row that still waits for it, and store what was found. Once checked it stays so.

    `media_types` as for `judge_attachment`. The caller holds the row.
    """
    if attachment.state != Attachment.State.RECEIVED:
        return attachment
    judge_attachment(attachment, at=at, media_types=media_types)
    attachment.save()
    _tell(attachment, at)
    return attachment


def judge_attachment(
    attachment: Attachment, *, at: datetime, media_types: Collection[str] | None = None
) -> None:
    """Have what came in read by a child process: afterwards the row, which is not stored here, is checked or refused.

    `media_types` are those the question takes; None takes all that we can read.
    """
    if attachment.state != Attachment.State.RECEIVED:
        return
    attachment.checked_at = at
    attachment.sent_sha256 = digest_of(incoming(attachment.id))
    try:
        kind, found = _read(attachment, media_types)
    except Unreadable as refused:
        _refuse(attachment, refused.reason)
    else:
        _keep(attachment, kind, found)
    drop_incoming([attachment.id])


def _read(attachment: Attachment, media_types: Collection[str] | None) -> tuple[FileType, Found]:
    """Raises Unreadable."""
    path = incoming(attachment.id)
    judge_size(path.stat().st_size, settings.UPLOAD_LIMIT_BYTES)
    with path.open("rb") as source:
        kind = judge_start(source.read(FIRST_BYTES))
    if media_types is not None and kind.media_type not in media_types:
        raise Unreadable(Reason.WRONG_KIND)
    return kind, read_in_child(path, kind.media_type)


def _refuse(attachment: Attachment, reason: Reason) -> None:
    attachment.state, attachment.reason = Attachment.State.REFUSED, reason.value


def _keep(attachment: Attachment, kind: FileType, found: Found) -> None:
    attachment.state = Attachment.State.CHECKED
    attachment.media_type = kind.media_type
    attachment.name = safe_name(attachment.name, kind.extension)
    attachment.pages, attachment.width, attachment.height = found.pages, found.width, found.height
    attachment.has_preview = bool(found.preview)
    attachment.size, attachment.sha256 = keep_checked(attachment.id, found.clean, found.preview)


def _tell(attachment: Attachment, at: datetime) -> None:
    """Without the file's name: it may tell more than the journal should keep."""
    record(
        action=f"documents.attachment_{attachment.state}",
        subject_kind="attachment",
        subject_id=attachment.id,
        by=None,
        at=at,
        of=f"{attachment.subject_kind}:{attachment.subject_id}",
        sha256=attachment.sha256,
        reason=attachment.reason,
    )
