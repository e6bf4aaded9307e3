"""What the applicant has been told about how long it takes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .deciding import Case


class Delay(Fenced):
    """That answers will come later than said, with a new day and the reason: for a call, or for one case in it.

    The newest counts, and one for the case before one for its call. Provisional replies take their day and their
    words from it.
    """

    call_id = models.UUIDField()
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="delays")
    expected_date = models.DateField()
    reason_code = models.CharField(max_length=40)
    reason_text = models.CharField(max_length=500, blank=True)
    said_by = models.UUIDField()
    said_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "call_id", "said_at"], name="casework_delays")]


class ProvisionalReply(Fenced):
    """What the applicant was told when no decision came in time: why, and when to expect it.

    The first (number 1) is the one the law demands; each later one says that the day told before it has passed.
    `due_date` is the day it was owed, pauses counted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="provisional_replies")
    number = models.PositiveIntegerField()
    due_date = models.DateField()
    expected_date = models.DateField()
    reason_code = models.CharField(max_length=40)
    reason_text = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "case", "number"], name="casework_provisional_reply_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="casework_provisional_reply_numbered"),
        ]
