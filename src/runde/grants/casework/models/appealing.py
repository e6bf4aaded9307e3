"""An appeal and all that follows it, a demand for reasons, and a change on the municipality's own initiative."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from ..domain.appeal_states import LABELS, AppealState
from ..domain.reversal_states import GROUND_WORDS, REVERSAL_LABELS, Ground, ReversalState
from .deciding import Decision, Proposal


class Appeal(Fenced):
    """An appeal against one exact decision. A draft until it is sent; then its words, its time and the last day stay.

    `last_date` is the last day that held when it came; empty when the period had not begun. `other_party` names an
    appellant with a legal interest who is not the applicant, `known_date` the day they learned of the decision.
    `due_date` is what the party must do by, while the appeal waits for them. `proposal` is the new decision laid
    before an approver, `new_decision` what came of it.
    """

    class Result(models.TextChoices):
        UPHELD = "upheld", "Medhold"
        PARTLY = "partly", "Delvis medhold"
        KEPT = "kept", "Klageinstansen har ikke endret vedtaket"
        CHANGED = "changed", "Klageinstansen har endret vedtaket"
        ANNULLED = "annulled", "Klageinstansen har opphevet vedtaket"
        DISMISSED = "dismissed", "Avvist"
        WITHDRAWN = "withdrawn", "Trukket"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField(blank=True)
    late_words = models.TextField(blank=True)
    written_by = models.UUIDField()
    begun_at = models.DateTimeField()
    other_party = models.CharField(max_length=200, blank=True)
    known_date = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_date = models.DateField(null=True)
    is_late = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12,
        choices=list(LABELS.items()),
        default=AppealState.DRAFT,
    )
    reassess_by_date = models.DateField(null=True)
    reassessor = models.UUIDField(null=True)
    due_date = models.DateField(null=True)
    is_partial = models.BooleanField(default=False)
    is_contested = models.BooleanField(default=False)
    body_result = models.CharField(max_length=10, blank=True)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="appeals")
    new_decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="answers_appeal"
    )
    result = models.CharField(max_length=10, choices=Result, blank=True)
    result_text = models.TextField(blank=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "decision", "written_by"],
                condition=Q(sent_at__isnull=True),
                name="casework_one_appeal_draft",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, result="")
                | Q(settled_at__isnull=False, sent_at__isnull=False),
                name="casework_appeal_settled_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False, state__in=["dismissed", "ended"])
                | (Q(settled_at__isnull=True) & ~Q(state__in=["dismissed", "ended"])),
                name="casework_appeal_over_when_settled",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, state="draft")
                | (Q(sent_at__isnull=False) & ~Q(state="draft")),
                name="casework_appeal_state_when_sent",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "state"], name="casework_appeals_waiting")]


class AppealStep(Fenced):
    """One thing that happened to an appeal, in order: who, when, with what words. `facts` is plain data for it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    due_date = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "appeal", "number"], name="casework_appeal_step_once"
            )
        ]


class SetAside(Fenced):
    """Money of one source held for what an appeal may lead to, until the appeal is over: used or released."""

    class End(models.TextChoices):
        USED = "used", "Brukt til nytt vedtak"
        RELEASED = "released", "Frigitt"

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="set_aside")
    number = models.PositiveIntegerField()
    source_id = models.UUIDField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=End, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "appeal", "number", "source_id"], name="casework_set_aside_once"
            ),
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="casework_set_aside_positive"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
                name="casework_set_aside_ends_somehow",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "source_id"], condition=Q(ended_at__isnull=True), name="casework_held"
            )
        ]


class Suspension(Fenced):
    """A request to wait with carrying the decision out until the appeal is over. Answered once."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="suspension")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False),
                name="casework_suspension_answered",
            )
        ]


class ReasonsDemand(Fenced):
    """The party asks why. Within the appeal period it stops the period, which begins anew with the answer."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reasons_demand")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    stops_period = models.BooleanField()
    text = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = FencedManager()


class Reversal(Fenced):
    """The municipality considers changing a decision without an appeal. One at a time for each decision."""

    class Result(models.TextChoices):
        CHANGED = "changed", "Vedtaket er endret"
        DROPPED = "dropped", "Vedtaket blir stående"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reversals")
    ground = models.CharField(
        max_length=10, choices=[(one.value, words) for one, words in GROUND_WORDS.items()]
    )
    why = models.TextField()
    state = models.CharField(max_length=10, choices=list(REVERSAL_LABELS.items()))
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    notice = models.TextField(blank=True)
    notified_by = models.UUIDField(null=True)
    notified_at = models.DateTimeField(null=True)
    comment_by_date = models.DateField(null=True)
    comment = models.TextField(blank=True)
    commented_by = models.UUIDField(null=True)
    commented_at = models.DateTimeField(null=True)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="reversals")
    new_decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="came_of_reversal"
    )
    result = models.CharField(max_length=10, choices=Result, blank=True)
    ended_why = models.TextField(blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "decision"],
                condition=Q(ended_at__isnull=True),
                name="casework_one_reversal",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, result="")
                | (Q(ended_at__isnull=False, state="ended") & ~Q(result="")),
                name="casework_reversal_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(ground="no_harm")
                | Q(notified_at__isnull=False)
                | Q(state__in=["opened", "ended"], proposal__isnull=True),
                name="casework_harm_is_told_first",
            ),
        ]

    @property
    def is_harmful(self) -> bool:
        return self.ground != Ground.NO_HARM

    @property
    def is_open(self) -> bool:
        return self.state != ReversalState.ENDED
