from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from .models import Notice


def list_notices(subject_kind: str, *subject_ids: UUID) -> list[Notice]:
    """Everything sent or waiting about a subject, or several of one kind, oldest first."""
    found = Notice.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids)
    return list(found.order_by("queued_at", "id"))


def list_notices_to(person_id: UUID, email: str) -> list[Notice]:
    """Everything sent or waiting to a person in the open fence, by account or by address, oldest first."""
    to_them = Q(to_person_id=person_id) | Q(to_email__iexact=email)
    return list(Notice.objects.filter(to_them).order_by("queued_at", "id"))
