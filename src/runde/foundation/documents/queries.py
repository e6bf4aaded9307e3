from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotFound

from .models import Attachment, Document, Upload, Version


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


def list_attachments(subject_kind: str, subject_id: UUID, question: str | None = None) -> list[Attachment]:
    """The files handed in with a subject, in every state, in the order they came; of one question when told."""
    found = Attachment.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    if question is not None:
        found = found.filter(question=question)
    return list(found.order_by("made_at", "id"))


def get_attachment(attachment_id: UUID) -> Attachment:
    """Raises NotFound."""
    attachment = Attachment.objects.filter(id=attachment_id).first()
    if attachment is None:
        raise NotFound("Vi finner ikke filen. Gå tilbake til siden du kom fra.")
    return attachment


def list_uploads(subject_kind: str, subject_id: UUID, by: Actor) -> list[Upload]:
    """The person's own files that have not come all the way, oldest first."""
    found = Upload.objects.filter(subject_kind=subject_kind, subject_id=subject_id, made_by=by.person_id)
    return list(found.order_by("started_at", "id"))


def get_upload(upload_id: UUID, by: Actor) -> Upload:
    """The person's own upload. Raises NotFound."""
    upload = Upload.objects.filter(id=upload_id, made_by=by.person_id).first()
    if upload is None:
        raise NotFound("Opplastingen er avbrutt for lenge siden. Velg filen på nytt.")
    return upload


class HandedIn(NamedTuple):
    """How many files count as handed in with a question, and with the whole subject; and whether any was refused."""

    here: int
    there: int
    has_refused: bool


def count_handed_in(subject_kind: str, subject_id: UUID, question: str) -> HandedIn:
    usable = ~Q(state__in=[Attachment.State.REFUSED, Attachment.State.INFECTED])
    counted = Attachment.objects.filter(subject_kind=subject_kind, subject_id=subject_id).aggregate(
        here=Count("id", filter=usable & Q(question=question)),
        there=Count("id", filter=usable),
        refused=Count("id", filter=Q(state=Attachment.State.REFUSED)),
    )
    return HandedIn(counted["here"], counted["there"], counted["refused"] > 0)


def waiting_for_scan(limit: int) -> list[UUID]:
    """Checked files nobody has scanned, the oldest first."""
    found = Attachment.objects.filter(state=Attachment.State.CHECKED).order_by("made_at")
    return list(found.values_list("id", flat=True)[:limit])


def _newest(versions: QuerySet[Version]) -> list[Version]:
    newest: dict[UUID, Version] = {}
    for version in versions.select_related("document").order_by("document__made_at", "document_id", "number"):
        newest[version.document_id] = version
    return list(newest.values())
