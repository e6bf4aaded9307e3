"""Who may see what in a case: the rule, and what somebody has said otherwise. Pure.

Everything is public unless something says otherwise. Answers to personal questions are exempt, and so are internal
notes, until somebody marks them. The newest mark of each subject counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from runde.engine.reference.api import OpennessGround, openness_ground

PERSONAL, INTERNAL = "personal", "internal"
"""The codes of the grounds that hold without a mark."""

Subject = tuple[str, str]
"""Kind and id: ("message", "0197…"), ("answer", "health_note")."""


class Mark(Protocol):
    @property
    def subject_kind(self) -> str: ...
    @property
    def subject_id(self) -> str: ...
    @property
    def is_exempt(self) -> bool: ...
    @property
    def ground(self) -> str: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Access:
    """Whether one text or document is public; if not, on which ground. `note` is what whoever marked it wrote."""

    ground: OpennessGround | None = None
    note: str = ""
    is_marked: bool = False

    @property
    def is_exempt(self) -> bool:
        return self.ground is not None

    @property
    def party_sees(self) -> bool:
        return self.ground is None or self.ground.party_sees


@dataclass(frozen=True, slots=True)
class Openness:
    """The marks that count in one case, read by the law as it is `on` that day."""

    on: date
    marks: Mapping[Subject, Mark] = field(default_factory=dict)

    @classmethod
    def of(cls, marks: Iterable[Mark], on: date) -> Openness:
        """`marks` oldest first."""
        return cls(on, {(one.subject_kind, one.subject_id): one for one in marks})

    def access(self, kind: str, subject_id: object, *, is_personal: bool = False) -> Access:
        """`is_personal`: the form says that the answer is personal."""
        mark = self.marks.get((kind, str(subject_id)))
        if mark is not None:
            ground = openness_ground(mark.ground, self.on) if mark.is_exempt else None
            return Access(ground, mark.note, True)
        if kind == "note":
            return Access(openness_ground(INTERNAL, self.on))
        return Access(openness_ground(PERSONAL, self.on)) if is_personal else Access()
