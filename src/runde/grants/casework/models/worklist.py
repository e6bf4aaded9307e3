"""What the work list keeps beside the cases: counts, chosen sets, what was done at once, saved views."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager


class Tally(Fenced):
    """How many cases of a call stand somewhere: the sum of the rows with the same place, kept by the database itself.

    Each change of cases adds rows, so that nobody waits for a counter; `fold_tallies` adds them up now and then.
    `kind` is "lane" (every state), "officer" or "municipality" (open cases), or "due" (undecided cases); `key` is the
    person's id, the municipality's number or the day. `until_date` is the day an open case is on hold until.
    """

    call_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    lane = models.CharField(max_length=10, blank=True)
    key = models.CharField(max_length=36, blank=True)
    until_date = models.DateField(null=True)
    cases = models.IntegerField()
    recommended_nok = models.DecimalField(max_digits=16, decimal_places=2)

    objects = FencedManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "call_id"], name="casework_tallies")]


class Selection(Fenced):
    """A set of cases somebody has chosen, frozen when it was chosen: later changes of the list do not alter it."""

    person_id = models.UUIDField()
    call_id = models.UUIDField()
    case_ids = ArrayField(models.UUIDField())
    recommended_nok = models.DecimalField(max_digits=16, decimal_places=2)
    words = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "made_at"], name="casework_selection_made")]


class BulkAct(Fenced):
    """Something done to several cases at once that can be taken back, with what did not come along and why.

    `changes` is `[{"case_id", "number", "was", "now"}]` where was and now are the columns that changed; `not_done`
    is `[{"case_id", "number", "why"}]`. Undone, `not_undone` lists in the same way what had changed since.
    """

    class Kind(models.TextChoices):
        ASSIGN = "assign", "Tildelt"
        SHARE = "share", "Fordelt"
        HOLD = "hold", "Lagt på vent"
        RESUME = "resume", "Tatt opp igjen"

    kind = models.CharField(max_length=10, choices=Kind)
    facts = models.JSONField(default=dict)
    changes = models.JSONField()
    not_done = models.JSONField(default=list)
    not_undone = models.JSONField(default=list)
    done_by = models.UUIDField()
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "done_at"], name="casework_bulk_done")]


class SavedView(Fenced):
    """A person's own name for a way of looking at the list. `query` is the filters as in the address, without call."""

    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    saved_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "person_id", "name"], name="casework_view_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="casework_view_has_a_name"),
        ]


class MunicipalityOfficer(Fenced):
    """Who takes the cases of a municipality when cases are shared out by municipality."""

    municipality_number = models.CharField(max_length=4)
    person_id = models.UUIDField()
    chosen_by = models.UUIDField()
    chosen_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "municipality_number"], name="casework_one_officer_each_municipality"
            )
        ]
