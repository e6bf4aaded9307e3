"""What files may hang on, and who may add, open and remove them. Each room of the web registers its own kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.http import Http404

from runde.foundation.documents.api import Attachment
from runde.foundation.people.api import Actor

KINDS: Mapping[str, Collection[str]] = {
    "pdf": ("application/pdf",),
    "image": ("image/jpeg", "image/png"),
}
"""The kinds a question may ask for, and what we take of each. What is not here, is not taken yet."""
EVERY_KIND = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Room:
    """What a question has room for, and its words. `kinds` are keys of KINDS."""

    most: int = 10
    kinds: tuple[str, ...] = EVERY_KIND
    label: str = ""

    @property
    def media_types(self) -> tuple[str, ...]:
        return tuple(one for kind in self.kinds for one in KINDS.get(kind, ()))


class Subject(Protocol):
    """One kind of thing that files hang on. Every method is asked inside the tenant's fence."""

    def room(self, actor: Actor, subject_id: UUID, question: str) -> Room:
        """What the actor may add now. Raises NotFound, NotAllowed or another refusal with a sentence."""
        ...

    def check_reader(self, actor: Actor, subject_id: UUID) -> None:
        """Raises NotFound unless the actor may see the subject's files."""
        ...

    def check_remover(self, actor: Actor, attachment: Attachment) -> None:
        """Raises NotFound or NotAllowed unless the actor may remove this file now. Sealed ones stand anyway."""
        ...


_subjects: dict[str, Subject] = {}


def register_subject(kind: str, subject: Subject) -> None:
    """Once for each kind, where the web room that owns it is loaded: in its `urls.py`."""
    if _subjects.get(kind, subject) is not subject:
        raise ValueError(f"Two owners of files on {kind}")
    _subjects[kind] = subject


def subject_of(kind: str) -> Subject:
    """Raises Http404 for a kind that takes no files."""
    if kind not in _subjects:
        raise Http404
    return _subjects[kind]
