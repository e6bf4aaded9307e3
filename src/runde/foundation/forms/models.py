from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager


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
