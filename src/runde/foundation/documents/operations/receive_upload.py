from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import new_id

from ..checking import read_in_child
from ..handed_in import incoming, write_incoming
from ..judging import FIRST_BYTES, FileType, judge_size, judge_start, safe_name
from ..models import Document, Version
from ..parsing.found import Unreadable
from ..refusals import refusal
from .seal_documents import seal_document


def receive_upload(
    *, file: UploadedFile[Any], title: str, subject_kind: str, subject_id: UUID, by: Actor, at: datetime
) -> Version:
    """Take in a file that the house itself publishes, checked at once and sealed. Raises FileRefused.

    What applicants and others hand in goes through `receive_attachment`.
    """
    try:
        kind, content = _checked(file)
    except Unreadable as found:
        raise refusal(found.reason) from None
    return seal_document(
        kind=Document.Kind.ATTACHMENT,
        title=title,
        subject_kind=subject_kind,
        subject_id=subject_id,
        content=content,
        media_type=kind.media_type,
        file_name=safe_name(file.name or "", kind.extension),
        by=by,
        at=at,
    )


def _checked(file: UploadedFile[Any]) -> tuple[FileType, bytes]:
    """What it is, and its bytes without what a picture tells about its maker. Raises Unreadable."""
    file_id, limit = new_id(), settings.UPLOAD_LIMIT_BYTES
    judge_size(file.size or 0, limit)
    path = incoming(file_id)
    try:
        judge_size(write_incoming(file_id, file.chunks(), most=limit), limit)
        with path.open("rb") as source:
            kind = judge_start(source.read(FIRST_BYTES))
        found = read_in_child(path, kind.media_type)
        return kind, path.read_bytes() if found.clean is None else found.clean
    finally:
        path.unlink(missing_ok=True)
