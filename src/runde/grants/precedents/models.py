from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager, new_id


class Precedent(Fenced):
    """One decision with how the case stood: what later cases are compared with. Written once, with the decision.

    Ids of other rooms are plain: nothing here points upward. No name and no organisation number is kept. `stands`
    falls when a newer decision in the case replaces this one. `missed` holds the criteria as `Missed.to_dict`, and
    `gaps` their distances in ten-thousandths (-1 for none), both in the order of `missed_key`. `deviations` is
    `[{"criterion", "code", "words"}]`.
    """

    decision_id = models.UUIDField()
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=20)
    call_id = models.UUIDField()
    rules_name = models.CharField(max_length=100)
    lane = models.CharField(max_length=10)
    missed_key = models.CharField(max_length=1000, blank=True)
    missed = models.JSONField(default=list)
    gaps = ArrayField(models.BigIntegerField(), default=list)
    industry = models.CharField(max_length=6, blank=True)
    section = models.CharField(max_length=1, blank=True)
    employees = models.PositiveIntegerField(null=True)
    municipality = models.CharField(max_length=4, blank=True)
    age_years = models.PositiveSmallIntegerField(null=True)
    calculated_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    outcome = models.CharField(max_length=10)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    reason_code = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    deviations = models.JSONField(default=list)
    departure_code = models.CharField(max_length=40, blank=True)
    departure_words = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    stands = models.BooleanField(default=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "decision_id"], name="precedents_decision_once"),
            models.UniqueConstraint(
                fields=["tenant_id", "case_id"], condition=Q(stands=True), name="precedents_one_stands"
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted", amount_nok__gt=0) | Q(outcome="refused", amount_nok=0),
                name="precedents_amount_fits_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "rules_name", "missed_key"],
                condition=Q(stands=True),
                name="precedents_like",
            ),
            models.Index(fields=["tenant_id", "call_id"], name="precedents_of_call"),
        ]


class Mask(Fenced):
    """The name a tenant goes by among the others' patterns: told to nobody, not even to the room above."""

    mask = models.UUIDField(default=new_id, unique=True)

    objects = FencedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id"], name="precedents_one_mask")]


class Pattern(models.Model):
    """How many cases that missed the same criteria a masked tenant has granted and refused. Read by every tenant:
    there is no tenant, case, company, day or amount in it. Written by its own only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mask = models.UUIDField()
    rules_name = models.CharField(max_length=100)
    missed_key = models.CharField(max_length=1000)
    granted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rules_name", "missed_key", "mask"], name="precedents_pattern_once"
            )
        ]
