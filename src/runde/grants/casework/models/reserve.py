"""Who is next when money comes back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .deciding import Case, Decision


class ReserveEntry(Fenced):
    """A place on a call's reserve list, by the decision that gave it. Lower `rank` is next; a rank is used once.

    Waiting until free money covers `amount_nok` (and all before it are covered): then it is up, until a new decision
    has been made in the case.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Venter"
        UP = "up", "Pengene rekker"
        GRANTED = "granted", "Har fått tilskudd"
        ENDED = "ended", "Ikke lenger på lista"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reserve_entries")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reserve_entry")
    call_id = models.UUIDField()
    rank = models.PositiveIntegerField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    changed_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "call_id", "rank"], name="casework_reserve_rank_once"
            ),
            models.CheckConstraint(condition=Q(amount_nok__gt=0, rank__gte=1), name="casework_reserve_sound"),
        ]
