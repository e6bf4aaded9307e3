"""What officers change most in the letters: which sentences the templates should say better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runde.foundation.people.api import Actor, authorise

from ..models import LetterEdit

EXAMPLES = 3
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A sentence that officers change. `pattern` has figures and names taken out; empty for paragraphs added.

    `letters` counts cases, `people` officers, `examples` are what they wrote, the newest first.
    """

    kind: str
    block: str
    language: str
    pattern: str
    letters: int
    people: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """`letters` is how many letters were changed at all since `since`."""

    since: datetime
    letters: int
    rows: tuple[ChangedText, ...]


def most_changed(*, since: datetime, by: Actor, scheme_id: UUID | None = None) -> ChangeReport:
    """The sentences officers changed in single letters, the most changed first. Raises NotAllowed."""
    authorise(by, "letters.read")
    edits = LetterEdit.objects.filter(made_at__gte=since)
    if scheme_id is not None:
        edits = edits.filter(scheme_id=scheme_id)
    standing = _standing(edits.order_by("made_at", "id").iterator(chunk_size=2000))
    groups: dict[tuple[str, str, str, str], list[LetterEdit]] = {}
    for edit in standing:
        groups.setdefault((edit.kind, edit.block, edit.language, edit.pattern), []).append(edit)
    rows = sorted((_row(key, found) for key, found in groups.items()), key=_most_first)
    return ChangeReport(since, len({edit.case_id for edit in standing}), tuple(rows[:MOST_ROWS]))


def _standing(edits: Iterable[LetterEdit]) -> list[LetterEdit]:
    newest = {(edit.case_id, edit.place): edit for edit in edits}
    return [edit for edit in newest.values() if not edit.is_undone]


def _row(key: tuple[str, str, str, str], edits: list[LetterEdit]) -> ChangedText:
    kind, block, language, pattern = key
    newest = sorted(edits, key=lambda edit: edit.made_at, reverse=True)
    examples = tuple(dict.fromkeys(edit.new for edit in newest))[:EXAMPLES]
    cases, people = {edit.case_id for edit in edits}, {edit.made_by for edit in edits}
    return ChangedText(kind, block, language, pattern, len(cases), len(people), examples)


def _most_first(row: ChangedText) -> tuple[int, str, str, str]:
    return (-row.letters, row.kind, row.block, row.pattern)
