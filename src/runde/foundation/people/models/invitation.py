from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import new_id

from .mandate import Mandate
from .person import Person


class Invitation(models.Model):
    """Somebody who acts for a company asks an address to do so too. Kept after it is answered or called back."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Godtatt"
        DECLINED = "declined", "Takket nei"
        CALLED_BACK = "called_back", "Trukket tilbake"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_number = models.CharField(max_length=9)
    email = models.EmailField()
    scope = models.CharField(max_length=20, choices=Mandate.Scope)
    last_day = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number", "email"],
                condition=models.Q(answer=""),
                name="people_invitation_open_once",
            )
        ]
