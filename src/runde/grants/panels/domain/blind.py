"""Who may see whose scores: until the panel has opened them, everybody sees their own and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar
from uuid import UUID


class Handed(Protocol):
    """Scores that somebody has given."""

    @property
    def given_by(self) -> UUID: ...


Given = TypeVar("Given", bound=Handed)


def shown_to(viewer: UUID, sheets: Iterable[Given], *, opened: bool) -> list[Given]:
    """The sheets the viewer may see, whatever role they hold."""
    return [one for one in sheets if opened or one.given_by == viewer]
