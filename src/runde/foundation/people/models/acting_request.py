from __future__ import annotations

from django.db import models

from runde.foundation.organisations.api import Organisation
from runde.foundation.trust.api import new_id

from .mandate import Mandate
from .person import Person


class ActingRequest(models.Model):
    """Somebody asks to act for a company. Answered by one who is vouched for there, or by the municipality that looks
    after the company while nobody is. Kept after it is answered."""

    class Answer(models.TextChoices):
        APPROVED = "approved", "Godkjent"
        DECLINED = "declined", "Avslått"
        WITHDRAWN = "withdrawn", "Trukket"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_number = models.CharField(max_length=9)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acting_requests")
    role = models.CharField(max_length=80)
    message = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    caretaker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    scope = models.CharField(max_length=20, choices=Mandate.Scope, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number", "person"],
                condition=models.Q(answer=""),
                name="people_request_open_once",
            )
        ]
        indexes = [models.Index(fields=["caretaker", "answer"], name="people_request_caretaker")]
