"""What a decision's evidence keeps of its letter: the kind, the language and every word that is not a fixed text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from runde.engine.reference.api import Language
from runde.engine.typeset.api import AS_FIXED, Edit, Wording

from .content import made_wording
from .kinds import get_kind

Part = dict[str, Any]


def letter_part(
    *,
    kind: str,
    language: Language,
    template: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    added: Mapping[str, Sequence[str]] | None = None,
    edits: Sequence[Mapping[str, str]] = (),
    fields: Mapping[str, str] | None = None,
) -> Part:
    """Plain JSON data. `template` names the version, `edits` are `[{"block", "old", "new", "by", "at"}]`."""
    return {
        "kind": kind,
        "language": language,
        "template": dict(template) if template else None,
        "texts": dict(texts or {}),
        "added": {block: list(rows) for block, rows in (added or {}).items()},
        "edits": [dict(edit) for edit in edits],
        "fields": dict(fields or {}),
    }


def wording_in(part: Mapping[str, Any], on: date) -> Wording:
    """The wording a frozen part tells of; none of its own for the usual letter."""
    kind = get_kind(part["kind"])
    if not (part["texts"] or part["added"] or part["edits"] or kind.variant):
        return AS_FIXED
    edits = tuple(Edit(one["block"], one["old"], one["new"]) for one in part["edits"])
    source = f"template:{part['template']['version']}" if part["template"] else "own"
    made = made_wording(kind, part["texts"], part["added"], part["language"], on, source)
    return Wording(made.texts, made.added, edits, source)
