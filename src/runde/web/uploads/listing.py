"""The files at a question, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from runde.foundation.documents.api import Attachment, Reason, Upload, list_attachments, list_uploads
from runde.foundation.people.api import Actor
from runde.web.components.fields import Field
from runde.web.entrance import Request

from .subjects import EVERY_KIND, Room, subject_of
from .words import extent_text, limits_text, reason_text, size_text, state_text

SOME_UPLOAD = UUID(int=0)
"""Stands in the address of parts where the script puts the upload's own id."""
FIELD = "file-"
"""What stands before the question's slug in the name of its file field."""
ADD = "files-add"
"""The name of the button that sends the files chosen; those that take one away are in `receiving.ACTS`."""


@dataclass(frozen=True)
class FileLine:
    """One file in the list. `error` says what is wrong with it, and how to mend it."""

    id: UUID
    name: str
    facts: str
    state: str
    error: str
    open_url: str
    preview_url: str
    counts: bool
    is_sealed: bool


@dataclass(frozen=True)
class HalfFile:
    """One that has not come all the way."""

    id: UUID
    name: str
    size: int
    received: str
    total: str


@dataclass(frozen=True)
class FileList:
    """What is handed in at one question, what is on its way, and where to send more. No room: a list to read."""

    question: str
    files: tuple[FileLine, ...]
    halves: tuple[HalfFile, ...] = ()
    room: Room | None = None
    urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return max(0, self.room.most - sum(one.counts for one in self.files)) if self.room else 0

    @property
    def limits(self) -> str:
        return limits_text(self.room.most, self.room.kinds) if self.room else ""

    @property
    def accept(self) -> str:
        return ",".join(self.room.media_types) if self.room else ""

    @property
    def field_name(self) -> str:
        return f"{FIELD}{self.question}"

    @property
    def part_bytes(self) -> int:
        return int(settings.UPLOAD_PART_BYTES)

    @property
    def most_bytes(self) -> int:
        return int(settings.UPLOAD_LIMIT_BYTES)

    @property
    def too_large(self) -> str:
        return reason_text(Reason.TOO_LARGE, EVERY_KIND)

    @property
    def too_many(self) -> str:
        return reason_text(Reason.TOO_MANY, EVERY_KIND)

    @property
    def ids(self) -> list[str]:
        return [str(one.id) for one in self.files if one.counts]


@dataclass(frozen=True)
class FileQuestion(Field):
    """A question that is answered with files."""

    upload: FileList | None = None


def file_field(request: Request, kind: str, subject_id: UUID, question: str, **looks: Any) -> FileQuestion:
    """The question as a field with its files, for `{% field %}`. `looks` are attributes of Field: label, error…

    Raises what the subject's `room` raises for those who may not add here.
    """
    room = subject_of(kind).room(request.actor, subject_id, question)
    shown = file_list(request, kind, subject_id, question, room)
    facts: dict[str, Any] = {
        "name": question,
        "kind": "file",
        "html_id": f"id_{question}",
        "value": shown.ids,
        "multiple": room.most > 1,
        **looks,
    }
    return FileQuestion(upload=shown, **facts)


def file_list(
    request: Request, kind: str, subject_id: UUID, question: str, room: Room | None = None
) -> FileList:
    """Without `room` it is a list to read and open only."""
    tenant = request.tenant.slug
    found = list_attachments(kind, subject_id, question)
    halves = list_uploads(kind, subject_id, request.actor) if room else []
    names = {"whole": "upload", "start": "upload_start"}
    urls = {name: reverse(address, args=[tenant, kind, subject_id]) for name, address in names.items()}
    urls["part"] = reverse("upload_part", args=[tenant, SOME_UPLOAD])
    urls["list"] = f"{reverse('upload_list', args=[tenant, kind, subject_id, question])}?bare"
    return FileList(
        question=question,
        files=tuple(
            _line(one, tenant, room, request.actor) for one in found if _concerns(one, request.actor)
        ),
        halves=tuple(_half(one) for one in halves if one.question == question),
        room=room,
        urls=urls,
    )


def file_answers(kind: str, subject_id: UUID) -> dict[str, list[str]]:
    """For each question that has files: the ids of those that count, in the order they came."""
    answers: dict[str, list[str]] = {}
    for one in list_attachments(kind, subject_id):
        if one.is_usable and one.question:
            answers.setdefault(one.question, []).append(str(one.id))
    return answers


def _concerns(attachment: Attachment, actor: Actor) -> bool:
    """What was refused concerns only the one who tried."""
    return attachment.state != Attachment.State.REFUSED or attachment.made_by == actor.person_id


def _line(attachment: Attachment, tenant: str, room: Room | None, actor: Actor) -> FileLine:
    usable = attachment.is_usable
    address = [tenant, attachment.id]
    return FileLine(
        id=attachment.id,
        name=attachment.name,
        facts=", ".join(text for text in (size_text(attachment.size), extent_text(attachment)) if text),
        state=state_text(attachment),
        error=_error(attachment, room),
        open_url=reverse("attachment", args=address) if usable else "",
        preview_url=reverse("attachment_preview", args=address) if usable and attachment.has_preview else "",
        counts=usable,
        is_sealed=attachment.sealed_at is not None,
    )


def _error(attachment: Attachment, room: Room | None) -> str:
    if not attachment.reason:
        return ""
    return reason_text(Reason(attachment.reason), room.kinds if room else EVERY_KIND)


def _half(upload: Upload) -> HalfFile:
    return HalfFile(upload.id, upload.name, upload.size, size_text(upload.received), size_text(upload.size))
