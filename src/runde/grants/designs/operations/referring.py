"""Keeping the rows that say what uses what: a part in use cannot be removed, by the key in the database."""

from __future__ import annotations

from collections.abc import Mapping

from runde.grants.schemes.api import SchemeVersion

from ..domain.parts import PartKey, parts_of, references_of
from ..models import Draft, Part, PartReference
from ..queries.versions import content_of

Owner = Mapping[str, Draft | SchemeVersion]


def keep_references(draft: Draft) -> None:
    """Make the rows say what the draft's content says, writing only what differs."""
    owner = {"draft": draft}
    rows = {PartKey(part.kind, part.name): part for part in Part.objects.filter(**owner)}
    wanted = parts_of(draft.content)
    pairs = references_of(draft.content, wanted)
    _drop_references(rows, pairs)
    gone = [part.id for key, part in rows.items() if key not in wanted]
    if gone:
        Part.objects.filter(id__in=gone).delete()
    new = [key for key in wanted if key not in rows]
    rows |= _add_parts(new, owner)
    _add_references(rows, pairs)


def write_version_references(version: SchemeVersion) -> None:
    """The rows of a version, written once: neither they nor the version change."""
    content = content_of(version)
    parts = parts_of(content)
    rows = _add_parts(list(parts), {"version": version})
    _add_references(rows, references_of(content, parts))


def _add_parts(keys: list[PartKey], owner: Owner) -> dict[PartKey, Part]:
    made = [Part(kind=key.kind, name=key.name, **owner) for key in keys]
    Part.objects.bulk_create(made)
    return dict(zip(keys, made, strict=True))


def _drop_references(rows: Mapping[PartKey, Part], pairs: frozenset[tuple[PartKey, PartKey]]) -> None:
    keys = {part.id: key for key, part in rows.items()}
    standing = PartReference.objects.filter(user__in=keys).values_list("id", "user_id", "used_id")
    gone = [id_ for id_, user, used in standing if (keys[user], keys[used]) not in pairs]
    if gone:
        PartReference.objects.filter(id__in=gone).delete()


def _add_references(rows: Mapping[PartKey, Part], pairs: frozenset[tuple[PartKey, PartKey]]) -> None:
    keys = {part.id: key for key, part in rows.items()}
    held = PartReference.objects.filter(user__in=keys).values_list("user_id", "used_id")
    known = {(keys[user], keys[used]) for user, used in held}
    PartReference.objects.bulk_create(
        PartReference(user=rows[user], used=rows[used]) for user, used in sorted(pairs - known)
    )
