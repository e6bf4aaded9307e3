"""What is frozen with a decision beside its own words: the rules that judged it and the texts its letter is written of.

Many decisions share them, so each content is kept once and named by its digest: SHA-256 over "runde-frozen-1", the kind
and a line feed, and the JSON as UTF-8 with sorted keys and no blanks. The digests stand in the snapshot, and the
snapshot's seal is over them. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from runde.engine.canonical import canonical_json

FORMAT = "runde-frozen-1"
EVIDENCE = "runde-evidence-1"
"""What the snapshot's own part on evidence is called in this format."""

Content = Mapping[str, Any]


def digest_of(kind: str, content: Content) -> str:
    """The digest as 64 hexadecimal digits."""
    text = canonical_json(content)
    return hashlib.sha256(f"{FORMAT}\n{kind}\n{text}".encode()).hexdigest()


@dataclass(slots=True)
class Freezing:
    """Gathers what a set of decisions rests on, each content once. `parts` is by kind and digest."""

    parts: dict[tuple[str, str], Content] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def freeze(self, kind: str, name: str, content: Content) -> str:
        """The digest of the content. The same `name` is taken for the same content, and read once."""
        return self.freeze_once(kind, name, lambda: content)

    def freeze_once(self, kind: str, name: str, read: Callable[[], Content]) -> str:
        """The same for content that costs something to read."""
        if (kind, name) not in self._known:
            content = read()
            digest = digest_of(kind, content)
            self.parts[kind, digest] = content
            self._known[kind, name] = digest
        return self._known[kind, name]
