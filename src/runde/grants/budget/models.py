from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager


class Coding(Fenced):
    """How the municipality's own accounts are coded, from a day. Never changed: a new one takes over.

    `accounts` gives the account for each place money can stand: giver, available, committed, in_bank_file, paid.
    `projects` gives a project for a source by its id, where it has one of its own.
    """

    valid_from = models.DateField()
    accounts = models.JSONField()
    function = models.CharField(max_length=10)
    responsibility = models.CharField(max_length=20, blank=True)
    project = models.CharField(max_length=20, blank=True)
    projects = models.JSONField(default=dict)
    vat_code = models.CharField(max_length=5, blank=True)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    objects = FencedManager()


class RestSettled(Fenced):
    """What will not be used of a commitment, let go by two persons. Never changed, but for the second person's word.

    `amount_nok` is what stood bound when it was asked for; the letting go is refused when that has changed.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Venter på godkjenning"
        SETTLED = "settled", "Frigitt"
        RETURNED = "returned", "Sendt tilbake"

    case_id = models.UUIDField()
    case_number = models.CharField(max_length=20)
    company_name = models.CharField(max_length=300)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_nok__gt=0), name="budget_rest_positive"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="budget_rest_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(
                    state__in=["settled", "returned"], decided_by__isnull=False, decided_at__isnull=False
                ),
                name="budget_rest_decided_by_someone",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "case_id"],
                condition=models.Q(state="asked"),
                name="budget_rest_asked_once",
            ),
        ]
