"""A large set of cases on its way to an approver, laid there by a job that counts as it goes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .deciding import Proposal


class BatchOrder(Fenced):
    """That an officer has sent many cases to approval at once, and how far the looking over has come.

    The first `looked` of `case_ids` have been looked over; `apart` is `[{"case_id", "number", "why"}]` of those that
    do not go along, also when nothing could be proposed. It ends once: with a proposal, or with `refusal`, a sentence.
    """

    call_id = models.UUIDField()
    case_ids = ArrayField(models.UUIDField())
    way = models.CharField(max_length=40, blank=True)
    looked = models.PositiveIntegerField(default=0)
    apart = models.JSONField(default=list)
    refusal = models.CharField(max_length=500, blank=True)
    proposal = models.OneToOneField(Proposal, null=True, on_delete=models.PROTECT, related_name="order")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, proposal__isnull=True, refusal="")
                | Q(ended_at__isnull=False, proposal__isnull=False, refusal="")
                | Q(ended_at__isnull=False, proposal__isnull=True) & ~Q(refusal=""),
                name="casework_order_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "asked_at"],
                name="casework_orders_waiting",
                condition=Q(ended_at__isnull=True),
            )
        ]
