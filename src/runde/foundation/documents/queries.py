from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from runde.foundation.trust.api import NotFound

from .models import Document, Version


def list_documents(subject_kind: str, subject_id: UUID, *more: UUID) -> list[Version]:
    """The newest version of each document of a subject (or several of one kind), with its document; oldest first."""
    return _newest(
        Version.objects.filter(
            document__subject_kind=subject_kind, document__subject_id__in=(subject_id, *more)
        )
    )


def find_document(key: str) -> Version | None:
    """The document the system made under this key."""
    found = _newest(Version.objects.filter(document__key=key))
    return found[0] if found else None


def get_version(version_id: UUID) -> Version:
    """One version with its document. Raises NotFound."""
    version = Version.objects.filter(id=version_id).select_related("document").first()
    if version is None:
        raise NotFound("Vi finner ikke dokumentet. Gå tilbake til saken og åpne det derfra.")
    return version


def standing_keys(keys: Collection[str]) -> set[str]:
    """Which of the keys have a document already."""
    return set(Document.objects.filter(key__in=keys).values_list("key", flat=True))


def _newest(versions: QuerySet[Version]) -> list[Version]:
    newest: dict[UUID, Version] = {}
    for version in versions.select_related("document").order_by("document__made_at", "document_id", "number"):
        newest[version.document_id] = version
    return list(newest.values())
