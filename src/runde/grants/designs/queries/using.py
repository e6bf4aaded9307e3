from __future__ import annotations

from dataclasses import dataclass

from runde.grants.schemes.api import SchemeVersion

from ..models import Draft


@dataclass(frozen=True, slots=True)
class PartUse:
    """A part and those that use it, each in words: "kravet «Fall i omsetning»"."""

    kind: str
    name: str
    label: str
    used_by: tuple[str, ...]


def uses_of(draft: Draft) -> list[PartUse]:
    """Every part of the draft with what uses it: what has no users can be removed."""
    raise NotImplementedError


def version_uses_of(version: SchemeVersion) -> list[PartUse]:
    raise NotImplementedError
