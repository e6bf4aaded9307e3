from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager


class BankText(Fenced):
    """A paragraph kept for several templates: `texts` in nb, nn and en with `{slots}`, `block` where it fits.

    A template that takes it in gets a copy: changing the bank changes no template that stands.
    """

    name = models.CharField(max_length=120)
    block = models.SlugField(max_length=40)
    texts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "name"],
                condition=models.Q(retired_at__isnull=True),
                name="letters_bank_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
