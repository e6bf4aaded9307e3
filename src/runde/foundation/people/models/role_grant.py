from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager

from .person import Person


class Role(models.TextChoices):
    OFFICER = "officer", "Saksbehandler"
    APPROVER = "approver", "Godkjenner"
    FINANCE = "finance", "Økonomi"
    SCHEME_MANAGER = "scheme_manager", "Ordningsansvarlig"
    SECRETARY = "secretary", "Sekretariat"
    AUDITOR = "auditor", "Revisor"
    ASSESSOR = "assessor", "Fagvurderer"


class RoleGrant(Fenced):
    """A person holds a role in a tenant between two dates; `valid_to` is the last day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "person", "role", "valid_from"], name="people_rolegrant_once"
            )
        ]
