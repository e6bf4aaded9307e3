from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from runde.foundation.journal.api import Happening, record_many
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import hold, insert_rows

from ..models import Document, Version
from ..store import keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """A document to be sealed. With a `key` it is made once: sealing it again gives the version that stands.

    `data` is what the document was made from, for machines.
    """

    kind: Document.Kind
    title: str
    subject_kind: str
    subject_id: UUID
    content: bytes
    media_type: str
    file_name: str
    key: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def seal_document(
    *,
    kind: Document.Kind,
    title: str,
    subject_kind: str,
    subject_id: UUID,
    content: bytes,
    media_type: str,
    file_name: str,
    data: Mapping[str, Any] | None = None,
    key: str = "",
    by: Actor | None,
    at: datetime,
) -> Version:
    """Keep one document with its first version; `by` is None when the system writes it."""
    sealing = Sealing(
        kind=kind,
        title=title,
        subject_kind=subject_kind,
        subject_id=subject_id,
        content=content,
        media_type=media_type,
        file_name=file_name,
        key=key,
        data=data or {},
    )
    return seal_documents([sealing], by=by, at=at)[0]


def seal_documents(sealings: Sequence[Sealing], *, by: Actor | None, at: datetime) -> list[Version]:
    """Keep several documents; a version for each, in the order given."""
    with transaction.atomic():
        standing = _standing([sealing.key for sealing in sealings if sealing.key])
        new = [sealing for sealing in sealings if sealing.key not in standing]
        hashes = keep(sealing.content for sealing in new)
        made = [_first_version(one, sha256, by, at) for one, sha256 in zip(new, hashes, strict=True)]
        insert_rows([version.document for version in made])
        insert_rows(made)
        record_many([_sealed(version) for version in made], by=_person(by), at=at)
    fresh = iter(made)
    return [standing[one.key] if one.key in standing else next(fresh) for one in sealings]


def _standing(keys: Sequence[str]) -> dict[str, Version]:
    """What has been sealed under these keys already. They are held, so that two jobs cannot both make it."""
    if not keys:
        return {}
    hold("document", keys)
    versions = Version.objects.filter(document__key__in=keys, number=1).select_related("document")
    return {version.document.key: version for version in versions}


def _first_version(sealing: Sealing, sha256: str, by: Actor | None, at: datetime) -> Version:
    document = Document(
        kind=sealing.kind,
        key=sealing.key,
        title=sealing.title,
        subject_kind=sealing.subject_kind,
        subject_id=sealing.subject_id,
        made_at=at,
        made_by=_person(by),
    )
    return Version(
        document=document,
        number=1,
        sha256=sha256,
        size=len(sealing.content),
        media_type=sealing.media_type,
        file_name=sealing.file_name,
        data=dict(sealing.data),
        made_at=at,
    )


def _person(by: Actor | None) -> UUID | None:
    return by.person_id if by else None


def _sealed(version: Version) -> Happening:
    document = version.document
    facts = {
        "kind": document.kind,
        "subject_kind": document.subject_kind,
        "subject_id": document.subject_id,
        "sha256": version.sha256,
        "size": version.size,
    }
    return Happening("documents.sealed", "document", document.id, facts)
