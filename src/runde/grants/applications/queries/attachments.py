from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from runde.foundation.documents.api import Attachment, list_attachments

KIND = "application"


def own_files(application_id: UUID) -> set[str]:
    """What file answers of the application may name: its attachments that are not refused."""
    found = list_attachments(KIND, application_id)
    return {str(one.id) for one in found if one.state not in _UNUSABLE}


def having_files(application_ids: Collection[UUID]) -> set[UUID]:
    """Which of the applications have anything handed in with them."""
    found = Attachment.objects.filter(subject_kind=KIND, subject_id__in=application_ids)
    return set(found.values_list("subject_id", flat=True))


_UNUSABLE = frozenset({Attachment.State.REFUSED, Attachment.State.INFECTED})
