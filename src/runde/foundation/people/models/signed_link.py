from __future__ import annotations

from django.db import models

from runde.foundation.organisations.api import Organisation
from runde.foundation.trust.api import new_id

from .person import Person


class SignedLink(models.Model):
    """A link that was sent to one address and opens one task. Looked up before any tenant is known.

    The token itself is nowhere: it is made from this row and the installation's key. What the link is for is
    sealed in it, so a row that somebody changes afterwards opens nothing.
    """

    class End(models.TextChoices):
        USED = "used", "Brukt"
        WITHDRAWN = "withdrawn", "Trukket tilbake"
        RENEWED = "renewed", "Erstattet av en ny"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    in_tenant = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    version = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="signed_links")
    email = models.EmailField()
    language = models.CharField(max_length=2, default="nb")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=20, choices=End, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, end="")
                | models.Q(ended_at__isnull=False) & ~models.Q(end=""),
                name="people_link_ends_for_a_reason",
            )
        ]
        indexes = [models.Index(fields=["purpose", "subject_id"], name="people_link_subject")]
