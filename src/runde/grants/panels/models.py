from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from runde.foundation.trust.api import Fenced, FencedManager
from runde.grants.casework.api import Case, Proposal
from runde.grants.schemes.api import Call


class Panel(Fenced):
    """Those who score the applications of one competitive call, and by what.

    `criteria` is `[{"key", "label", "help", "weight"}]`, weights in whole per cent that sum to 100. Points are whole
    numbers from `lowest` to `highest`. A case where the totals lie `discuss_from` points or more apart is to be
    discussed. `per_case` is how many assessors score each case; None means all. `opened_why` is empty when the scores
    opened because all were in, else the leader's reason for closing early.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "Settes opp"
        SCORING = "scoring", "Vurderes"
        OPENED = "opened", "Rangert"

    class TieRule(models.TextChoices):
        HEAVIEST = "heaviest", "Flest poeng på kriteriet som teller mest, så det neste"
        EARLIEST = "earliest", "Den som søkte først"
        SMALLEST = "smallest", "Det minste beløpet"
        DRAWN = "drawn", "Loddtrekning, trukket av systemet og skrevet ned"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    criteria = models.JSONField()
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    tie_rule = models.CharField(max_length=10, choices=TieRule)
    discuss_from = models.DecimalField(max_digits=4, decimal_places=1)
    per_case = models.PositiveSmallIntegerField(null=True)
    score_by_date = models.DateField()
    led_by = models.UUIDField()
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_why = models.CharField(max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "call"], name="panels_one_for_each_call"),
            models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="panels_scale_has_steps"),
            models.CheckConstraint(
                condition=Q(per_case__isnull=True) | Q(per_case__gt=0), name="panels_somebody_scores"
            ),
            models.CheckConstraint(
                condition=Q(state="opened", opened_at__isnull=False)
                | ~Q(state="opened") & Q(opened_at__isnull=True),
                name="panels_opened_once",
            ),
        ]


class Assessor(Fenced):
    """A person invited to score. Who leaves stays written."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="assessors")
    person_id = models.UUIDField()
    invited_by = models.UUIDField()
    invited_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "panel", "person_id"],
                condition=Q(left_at__isnull=True),
                name="panels_assessor_once",
            )
        ]


class PanelCase(Fenced):
    """A case the panel ranks. `amount_nok` is what it would be granted; None until somebody has set it.

    `amount_why` is empty when the amount is the one the rules calculated.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    amount_why = models.CharField(max_length=500, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "case"], name="panels_case_once"),
            models.CheckConstraint(
                condition=Q(amount_nok__isnull=True) | Q(amount_nok__gt=0), name="panels_amount_is_something"
            ),
        ]


class Assignment(Fenced):
    """One assessor is to score one case. `draft` is what they have typed and not handed in.

    Ended when the assessor declares an interest, or leaves the panel.
    """

    class End(models.TextChoices):
        INTEREST = "interest", "Kan ikke vurdere saken"
        LEFT = "left", "Er ikke med lenger"

    panel_case = models.ForeignKey(PanelCase, on_delete=models.PROTECT, related_name="assignments")
    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="assignments")
    draft = models.JSONField(default=dict)
    end = models.CharField(max_length=10, choices=End, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "panel_case", "assessor"], name="panels_assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True) | ~Q(end="") & Q(ended_at__isnull=False),
                name="panels_assignment_end_has_time",
            ),
        ]


class Sheet(Fenced):
    """Scores as handed in: `[{"key", "points", "words"}]`. Kept, never changed; the newest of an assignment counts.

    `is_after_opening`: changed after the scores were shown, which takes a reason (`changed_why`).
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField()
    scores = models.JSONField()
    is_after_opening = models.BooleanField(default=False)
    changed_why = models.CharField(max_length=500, blank=True)
    handed_in_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "assignment", "number"], name="panels_sheet_once"),
            models.CheckConstraint(
                condition=Q(is_after_opening=False, changed_why="")
                | Q(is_after_opening=True) & ~Q(changed_why=""),
                name="panels_late_change_says_why",
            ),
        ]


class Discussion(Fenced):
    """What the panel came to when it discussed a case where the scores lay far apart."""

    panel_case = models.ForeignKey(PanelCase, on_delete=models.PROTECT, related_name="discussions")
    text = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    objects = FencedManager()


class CutLine(Fenced):
    """Where the leader drew the line, and the ranking it was drawn in. Kept; the newest counts.

    `value` is the money, the lowest points or the number of cases, by `way`. `ranking` is
    `[{"case_id", "number", "place", "mean", "amount_nok"}]` in order, `above` how many of them are granted.
    """

    class Way(models.TextChoices):
        MONEY = "money", "Så langt pengene rekker"
        POINTS = "points", "Alle med nok poeng"
        COUNT = "count", "Et antall søknader"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=10, choices=Way)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    above = models.PositiveIntegerField()
    sum_nok = models.DecimalField(max_digits=14, decimal_places=2)
    money_nok = models.DecimalField(max_digits=14, decimal_places=2)
    ranking = models.JSONField()
    ranking_digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    chosen_by = models.UUIDField()
    chosen_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "panel", "number"], name="panels_line_once"),
            models.CheckConstraint(condition=Q(sum_nok__lte=F("money_nok")), name="panels_line_within_money"),
        ]


class RankedProposal(Fenced):
    """A proposal made from a cut line. Another may follow only when this one was sent back."""

    line = models.ForeignKey(CutLine, on_delete=models.PROTECT, related_name="proposals")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    objects = FencedManager()
