from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager
from runde.grants.schemes.api import Call, SchemeVersion


class Application(Fenced):
    """One company's answer to one call. Sealed when submitted: then answers, facts and rules lie under one hash.

    `scheme_version` is what it is answered and judged by. A draft follows its call by `rebase_drafts`; what is sent
    stays with the version it was sealed with.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Kladd"
        SUBMITTED = "submitted", "Sendt inn"
        WITHDRAWN = "withdrawn", "Trukket"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="applications")
    organisation_number = models.CharField(max_length=9)
    company_name = models.CharField(max_length=300)
    applicant_id = models.UUIDField()
    language = models.CharField(max_length=2, default="nb")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "call", "organisation_number"],
                condition=~Q(state="withdrawn"),
                name="applications_one_for_each_company",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "number"], condition=~Q(number=""), name="applications_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", seal="", number="")
                | Q(state="withdrawn")
                | Q(state="submitted", submitted_at__isnull=False) & ~Q(seal="") & ~Q(number=""),
                name="applications_submitted_is_sealed",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "organisation_number"], name="applications_company")]

    def __str__(self) -> str:
        return f"{self.number or 'kladd'} {self.company_name}"
