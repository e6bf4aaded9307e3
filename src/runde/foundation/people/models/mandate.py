from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import new_id

from .person import Person


class Mandate(models.Model):
    """A person may act for a company. Across tenants by nature: the company applies where it will.

    A mandate is never changed or deleted, only ended: `valid_to` is the last day that was given from the start,
    `ended_at` the moment somebody, or the source it came from, ended it.
    """

    class Source(models.TextChoices):
        REGISTER_ROLE = "register_role", "Rolle i Enhetsregisteret"
        DECLARED = "declared", "Egenerklæring"
        APPROVED = "approved", "Godkjent"
        INVITED = "invited", "Invitert"
        ALTINN = "altinn", "Rettighet i Altinn"

    class Scope(models.TextChoices):
        ALL = "all", "Fyller ut, sender inn og godtar"
        FILLS_IN = "fills_in", "Fyller ut"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    organisation_number = models.CharField(max_length=9)
    source = models.CharField(max_length=20, choices=Source)
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.ALL)
    evidence = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation_number", "source"],
                condition=models.Q(ended_at__isnull=True),
                name="people_mandate_standing_once",
            )
        ]
        indexes = [models.Index(fields=["organisation_number"], name="people_mandate_company")]
