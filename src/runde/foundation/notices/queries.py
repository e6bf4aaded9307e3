from __future__ import annotations

from uuid import UUID

from .models import Notice


def list_notices(subject_kind: str, subject_id: UUID) -> list[Notice]:
    """Everything sent or waiting about a subject, oldest first."""
    return list(
        Notice.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("queued_at", "id")
    )
