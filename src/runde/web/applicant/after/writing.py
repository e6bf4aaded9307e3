"""A box to write in, with files: the same for messages, answers to requests, and appeals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from runde.foundation.documents.api import Attachment
from runde.web.applicant.after.errand import Errand
from runde.web.components.fields import Field
from runde.web.uploads.api import FileList, Room, file_field, file_list, take_posted_files

FILES = "attachments"
MOST = 10
TEXT = "text"
LONGEST = 20_000
"""More than anybody may send: longer texts are refused by the room they go to, with the words still there."""


@dataclass(frozen=True)
class Box:
    """`handed_in` are the files that have come, when the field itself does not show them."""

    text: Field
    files: Field
    handed_in: FileList | None = None

    @property
    def errors(self) -> list[Field]:
        return [self.text] if self.text.error else []


@dataclass(frozen=True)
class Draft:
    """What is written so far, kept: files hang on its id."""

    kind: str
    id: UUID
    text: str


def room() -> Room:
    return Room(MOST, label=_("Vedlegg"))


def box_of(errand: Errand, draft: Draft | None, label: str, *, description: str = "", error: str = "") -> Box:
    """Two statements when there is a draft with files to show, else none."""
    text = Field(
        TEXT,
        label,
        kind="textarea",
        value=draft.text if draft else "",
        description=description,
        error=error,
        rows=6,
    )
    if draft is None:
        return Box(text, _plain())
    if errand.link is None:
        files = file_field(errand.request, draft.kind, draft.id, FILES, label=_("Vedlegg"), optional=True)
        return Box(text, files)
    listed = file_list(errand.request, draft.kind, draft.id, FILES, room())
    return Box(text, _plain(), unopened(listed))


def _plain() -> Field:
    return Field(
        f"file-{FILES}",
        _("Vedlegg"),
        kind="file",
        html_id=f"id_{FILES}",
        optional=True,
        multiple=True,
        accept=",".join(room().media_types),
    )


def unopened(listed: FileList) -> FileList:
    """Without ways to open the files: those need sign-in."""
    return replace(listed, files=tuple(replace(one, open_url="", preview_url="") for one in listed.files))


def typed_in(errand: Errand) -> str:
    return str(errand.request.POST.get(TEXT, ""))[:LONGEST]


def takes_files(errand: Errand, draft: Draft) -> bool:
    """Take in what was sent about files. True when the same page should be shown again."""
    return take_posted_files(errand.request, draft.kind, draft.id)


def usable(files: Iterable[Attachment]) -> list[Attachment]:
    return [one for one in files if one.is_usable]
