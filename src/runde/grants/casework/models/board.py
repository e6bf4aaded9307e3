"""What a political body does with a list of recommendations: laid before it, and what it decided line by line."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .deciding import Proposal, ProposalLine


class Treatment(Fenced):
    """A proposal that goes to a body instead of an approver. Registered once, by somebody else than prepared it.

    `agenda_reference` is the body's own number for the matter, `protocol` where its decision is written.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="treatment")
    body = models.CharField(max_length=200)
    meeting_date = models.DateField()
    agenda_reference = models.CharField(max_length=100, blank=True)
    protocol = models.CharField(max_length=300, blank=True)
    registered_by = models.UUIDField(null=True)
    registered_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(registered_at__isnull=True, registered_by__isnull=True, protocol="")
                | Q(registered_at__isnull=False, registered_by__isnull=False) & ~Q(protocol=""),
                name="casework_treatment_registered_with_protocol",
            )
        ]


class TreatedLine(Fenced):
    """What the body decided for one case. `amount_nok` only when it is another than recommended."""

    class Result(models.TextChoices):
        AS_PROPOSED = "as_proposed", "Som innstilt"
        OTHER_AMOUNT = "other_amount", "Annet beløp"
        REFUSED = "refused", "Avslag"
        POSTPONED = "postponed", "Utsatt"

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="lines")
    line = models.OneToOneField(ProposalLine, on_delete=models.PROTECT, related_name="treated")
    result = models.CharField(max_length=12, choices=Result)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words = models.TextField(blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="other_amount", amount_nok__gt=0)
                | ~Q(result="other_amount") & Q(amount_nok__isnull=True),
                name="casework_treated_amount_fits",
            )
        ]
