"""What differs between two contents, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .content import Content


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `part`: "rules", "texts", "form", "legal_basis", "assumptions", "take_up" or "sources".

    `kind`: "added", "removed" or "changed". `sentence` stands alone: "Kravet om … er senket fra 30 % til 25 %."
    """

    part: str
    kind: str
    name: str
    before: Any
    after: Any
    sentence: str


def compare_contents(old: Content, new: Content, language: str = "nb") -> tuple[Change, ...]:
    raise NotImplementedError
