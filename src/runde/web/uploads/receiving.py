"""What a form sends about files: those chosen, and the buttons that remove one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from runde.foundation.documents.api import (
    Attachment,
    cancel_upload,
    get_attachment,
    get_upload,
    receive_attachment,
    remove_attachment,
)
from runde.foundation.trust.api import Refused, take
from runde.web.entrance import Request

from .bounds import cut_files
from .listing import ADD, FIELD
from .subjects import subject_of

Made = TypeVar("Made")


def take_posted_files(request: Request, kind: str, subject_id: UUID) -> bool:
    """Do everything a posted form says about files. True when the same page should be shown again: a button for
    files was pressed, or something was refused.

    Bad files become lines with what is wrong in the list; other refusals become messages. Nothing else of the
    form is touched, so save the answers first.
    """
    stays = False
    for question, file in _posted(request):
        taken = _taken(request, kind, subject_id, question, file)
        stays = stays or taken is None or not taken.is_usable
    for name, act in ACTS.items():
        for target in request.POST.getlist(name):
            stays = True
            _said(request, partial(act, request, target))
    return stays or ADD in request.POST


def take_file(
    request: Request, kind: str, subject_id: UUID, question: str, file: UploadedFile[Any]
) -> Attachment:
    """Take one whole file. Raises what the subject's `room` raises, and TooMany."""
    room = subject_of(kind).room(request.actor, subject_id, question)
    take("upload", str(request.actor.person_id))
    return receive_attachment(
        file=file,
        subject_kind=kind,
        subject_id=subject_id,
        question=question,
        most=room.most,
        media_types=room.media_types,
        by=request.actor,
        at=request.at,
    )


def remove_file(request: Request, attachment_id: UUID) -> Attachment:
    """Raises NotFound, NotAllowed, Conflict. Whoever was refused a file may clear it away themselves."""
    attachment = get_attachment(attachment_id)
    subject_of(attachment.subject_kind).check_remover(request.actor, attachment)
    remove_attachment(attachment=attachment, by=request.actor, at=request.at)
    return attachment


def cancel_half(request: Request, upload_id: UUID) -> None:
    cancel_upload(upload=get_upload(upload_id, request.actor), by=request.actor)


def _posted(request: Request) -> list[tuple[str, UploadedFile[Any]]]:
    """(question, file) for each file of the form; those above the limit come without content."""
    found = [
        (name.removeprefix(FIELD), file)
        for name, files in request.FILES.lists()
        for file in files
        if name.startswith(FIELD) and isinstance(file, UploadedFile)
    ]
    for name, file_name in cut_files(request):
        if name.startswith(FIELD):
            too_large = UploadedFile(name=file_name, size=settings.UPLOAD_LIMIT_BYTES + 1)
            found.append((name.removeprefix(FIELD), too_large))
    return found


def _remove(request: Request, target: str) -> None:
    with suppress(ValueError):
        remove_file(request, UUID(target))


def _cancel(request: Request, target: str) -> None:
    with suppress(ValueError):
        cancel_half(request, UUID(target))


ACTS: dict[str, Callable[[Request, str], None]] = {"files-remove": _remove, "files-cancel": _cancel}
"""By the name of the button; its value is the id."""


def _taken(
    request: Request, kind: str, subject_id: UUID, question: str, file: UploadedFile[Any]
) -> Attachment | None:
    """Whatever is refused here is refused before anything is written, so there is nothing to undo."""
    try:
        return take_file(request, kind, subject_id, question, file)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None


def _said(request: Request, work: Callable[[], Made]) -> Made | None:
    """A refusal undoes its own work only, and is told on the next page; None then."""
    try:
        with transaction.atomic():
            return work()
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
