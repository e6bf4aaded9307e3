from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager
from runde.grants.schemes.api import Call, SchemeVersion

from .application import Application


class Beginning(Fenced):
    """Answers given before signing in, by whoever holds the secret. Kept until `expires_at` unless claimed.

    Only a digest of the secret is stored. Once claimed, the answers are the application's and are emptied here.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="beginnings")
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="nb")
    answers = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    application = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "secret_hash"], name="applications_beginning_once")
        ]


class DraftRemnant(Fenced):
    """What is left of a draft that is gone, for statistics: nobody can be found from it.

    `tenths` is how much was answered, 0 to 10. `month_date` is the first of the month the draft was begun.
    """

    class End(models.TextChoices):
        EXPIRED = "expired", "Slettet etter fristen"
        ERASED = "erased", "Slettet av søkeren"

    call_id = models.UUIDField()
    municipality = models.CharField(max_length=4, blank=True)
    nace_section = models.CharField(max_length=1, blank=True)
    tenths = models.PositiveSmallIntegerField()
    month_date = models.DateField()
    end = models.CharField(max_length=10, choices=End)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(tenths__lte=10), name="applications_remnant_tenths")
        ]
