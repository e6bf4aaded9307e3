from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .application import Application, Sheet


class StageAnswers(Sheet):
    """What is asked after the application itself: at acceptance, before payment, in the report. Sealed when sent."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=10)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    seal = models.CharField(max_length=64, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "application", "stage"], name="applications_stage_once"
            ),
            models.CheckConstraint(
                condition=Q(seal="", submitted_at__isnull=True) | ~Q(seal="") & Q(submitted_at__isnull=False),
                name="applications_stage_sent_is_sealed",
            ),
        ]


class AnswerChange(Fenced):
    """One save: what each answer was and became, by whom, when and from which rendered page. Never changed.

    `changed` is {slug: [before, after]}, None where there was no answer. `not_kept` holds what was typed where
    another's answer stood and nobody has chosen yet, {slug: value}. `by` is None when a new form did it. The rows go
    when their draft is erased; those of a sent application stay.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="changes")
    stage = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    changed = models.JSONField()
    not_kept = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    page = models.CharField(max_length=40, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "application", "stage", "revision"], name="applications_change_once"
            )
        ]


class Participant(Fenced):
    """A person who takes part in one application without acting for the company: invited, accepted, ended; kept."""

    class Role(models.TextChoices):
        FILLS_IN = "fills_in", "Fyller ut"
        SIGNS = "signs", "Kan sende inn"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="participants")
    email = models.EmailField()
    person_id = models.UUIDField(null=True)
    role = models.CharField(max_length=10, choices=Role)
    invited_by = models.UUIDField()
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "application", "email"],
                condition=Q(ended_at__isnull=True),
                name="applications_participant_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(person_id__isnull=False),
                name="applications_participant_is_somebody",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "person_id"], name="applications_takes_part")]
