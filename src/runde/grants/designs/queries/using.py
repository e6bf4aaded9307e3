from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from runde.grants.schemes.api import SchemeVersion

from ..domain.content import Content
from ..domain.parts import PartKey, parts_of, users_of
from ..models import Draft, Part, PartReference
from .versions import content_of


@dataclass(frozen=True, slots=True)
class PartUse:
    """A part and those that use it, each in words: "kravet «Omsetningen må ha falt …»"."""

    kind: str
    name: str
    label: str
    used_by: tuple[str, ...]

    @property
    def is_used(self) -> bool:
        return bool(self.used_by)


def uses_of(draft: Draft) -> list[PartUse]:
    """Every part of the draft with what uses it: what has no users can be removed."""
    return _uses(draft.content, {"draft": draft})


def version_uses_of(version: SchemeVersion) -> list[PartUse]:
    """The same for a published version, of which nothing can be removed."""
    return _uses(content_of(version), {"version": version})


def _uses(content: Content, owner: Mapping[str, Draft | SchemeVersion]) -> list[PartUse]:
    """From the rows, which the database keeps; words from the content."""
    keys = {part.id: PartKey(part.kind, part.name) for part in Part.objects.filter(**owner)}
    rows = PartReference.objects.filter(user__in=keys).values_list("user_id", "used_id")
    pairs = [(keys[user], keys[used]) for user, used in rows]
    labels = parts_of(content)
    return [
        PartUse(key.kind, key.name, label, tuple(users_of(key, pairs, labels)))
        for key, label in labels.items()
    ]
