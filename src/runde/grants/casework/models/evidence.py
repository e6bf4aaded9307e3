"""What a decision rests on that many decisions share, kept once under its own digest."""

from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager


class FrozenPart(Fenced):
    """Rules, form or texts as they were when something was decided. Never changed; named by its content.

    `digest` is that of `content` for the kind (`domain.frozen`). The decision's snapshot names the digests, so that its
    seal is over the content too.
    """

    class Kind(models.TextChoices):
        RULES = "rules", "Regler"
        TEXTS = "texts", "Tekster"

    kind = models.CharField(max_length=10, choices=Kind)
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "kind", "digest"], name="casework_frozen_part_once")
        ]
