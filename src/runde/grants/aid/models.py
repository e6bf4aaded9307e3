from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import new_id


class AidAward(models.Model):
    """Aid one undertaking has a right to, by one decision. Outside the fence by intent: a ceiling counts what every
    municipality has given. Each tenant writes its own; a decision taken back or declined is marked, never removed.

    `basis` is the aid rule the scheme names; awards without one are kept too, and count against no ceiling.
    The euro amount is reckoned once, by the call's rate.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    decision_id = models.UUIDField(unique=True)
    organisation_number = models.CharField(max_length=9)
    giver = models.CharField(max_length=200)
    scheme_name = models.CharField(max_length=300)
    instrument = models.CharField(max_length=20, default="grant")
    basis = models.CharField(max_length=40, blank=True)
    right_arose_date = models.DateField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    amount_eur = models.DecimalField(max_digits=14, decimal_places=2)
    euro_rate = models.DecimalField(max_digits=10, decimal_places=4)
    euro_rate_date = models.DateField()
    euro_rate_source = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)
    reversed_why = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="aid_award_positive"),
            models.CheckConstraint(
                condition=Q(reversed_at__isnull=True, reversed_why="")
                | Q(reversed_at__isnull=False, reversed_why__in=["replaced", "declined", "lapsed"]),
                name="aid_reversed_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_number", "right_arose_date"], name="aid_of_undertaking")
        ]
