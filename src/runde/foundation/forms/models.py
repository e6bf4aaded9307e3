from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager, new_id


class FormVersion(Fenced):
    """The questions of one form at one time. Never changed: a change is a new version.

    `definition` is plain data; `forms.domain.definition` reads it and says what its shape is.
    """

    slug = models.SlugField()
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "slug", "number"], name="forms_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"


class BankQuestion(models.Model):
    """A question on the region's shelf: outside the fence by intent, read by every tenant.

    `question` is as in a form, without the conditions that only that form can hold. Never an answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    tenant_name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60)
    question = models.JSONField()
    put_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "slug"], name="forms_bank_once")]

    def __str__(self) -> str:
        return f"{self.slug} ({self.tenant_name})"
