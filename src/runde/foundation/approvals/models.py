from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from runde.foundation.trust.api import Fenced, FencedManager


class Approval(Fenced):
    """Four eyes on one thing: prepared by one person, decided by another."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "Venter på godkjenning"
        APPROVED = "approved", "Godkjent"
        RETURNED = "returned", "Sendt tilbake"

    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "kind", "subject_id"],
                condition=Q(outcome="pending"),
                name="approvals_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("prepared_by")),
                name="approvals_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending", decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=["approved", "returned"], decided_by__isnull=False, decided_at__isnull=False),
                name="approvals_decided_by_someone",
            ),
        ]
