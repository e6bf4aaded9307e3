from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import new_id


class Kind(models.TextChoices):
    REGION = "region", "Region"
    SUBREGION = "subregion", "Delregion"
    MUNICIPALITY = "municipality", "Kommune"
    AGENCY = "agency", "Etat eller selskap"
    ASSOCIATION = "association", "Næringsforening"


class Organisation(models.Model):
    """Somebody who takes part in the region's cooperation. Public facts, seen by every tenant.

    A tenant keeps cases of its own; its id is the `tenant_id` on every fenced row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    municipality_number = models.CharField(max_length=4, blank=True)
    organisation_number = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=2, default="nb")
    is_tenant = models.BooleanField(default=False)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_number"],
                condition=~models.Q(municipality_number=""),
                name="organisations_municipality_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
