from __future__ import annotations

from django.db import models

from .person import Person


class RightsLook(models.Model):
    """When we last asked the source of rights about a person, and when it last answered."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="rights_look"
    )
    tried_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
