from __future__ import annotations

from uuid import UUID

from .models import Approval


def find_pending(kind: str, subject_id: UUID) -> Approval | None:
    """The approval the thing waits for now."""
    return Approval.objects.filter(kind=kind, subject_id=subject_id, outcome=Approval.Outcome.PENDING).first()


def get_latest(kind: str, subject_id: UUID) -> Approval:
    """How it went the last time the thing was laid before somebody. Raises Approval.DoesNotExist."""
    return Approval.objects.filter(kind=kind, subject_id=subject_id).latest("prepared_at", "id")


def list_pending(kind: str) -> list[Approval]:
    """Everything of a kind that waits, oldest first."""
    waiting = Approval.objects.filter(kind=kind, outcome=Approval.Outcome.PENDING)
    return list(waiting.order_by("prepared_at", "id"))
