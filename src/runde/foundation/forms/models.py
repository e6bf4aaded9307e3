from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager


class FormVersion(Fenced):
    """The questions of one form at one time. Never changed once used: a change is a new version.

    `definition` is a list of sections, each with questions; see `forms.definition` for its shape.
    """

    slug = models.SlugField()
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "slug", "number"], name="forms_version_once")]
