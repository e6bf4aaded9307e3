from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from runde.foundation.trust.api import Fenced, FencedManager
from runde.grants.applications.api import Application
from runde.grants.schemes.api import SchemeVersion


class Lane(models.TextChoices):
    GREEN = "green", "Klare"
    YELLOW = "yellow", "Må vurderes"
    RED = "red", "Oppfyller ikke"


class Case(Fenced):
    """The municipality's work on one submitted application.

    Company and municipality are copied from under the application's seal, so that the list reads one table. `ordinal`
    sorts numbers as people count: 26/9 before 26/10. `answer_by_date` is the case's own deadline: the call's, moved
    by what has stopped the clock. An open case is on hold until `hold_until_date`, and back in its lane that day.
    """

    class State(models.TextChoices):
        OPEN = "open", "Under behandling"
        PROPOSED = "proposed", "Til godkjenning"
        DECIDED = "decided", "Vedtatt"
        WITHDRAWN = "withdrawn", "Trukket"

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="case")
    call_id = models.UUIDField()
    number = models.CharField(max_length=20)
    ordinal = models.BigIntegerField()
    company_name = models.CharField(max_length=300)
    organisation_number = models.CharField(max_length=9)
    municipality_number = models.CharField(max_length=4, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    lane = models.CharField(max_length=10, choices=Lane)
    reason = models.CharField(max_length=300, blank=True)
    recommended_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    assigned_to = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    answer_by_date = models.DateField()
    hold_until_date = models.DateField(null=True)
    hold_reason = models.CharField(max_length=300, blank=True, default="")

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "number"], name="casework_case_number_once"),
            models.CheckConstraint(
                condition=Q(hold_until_date__isnull=True, hold_reason="")
                | Q(hold_until_date__isnull=False) & ~Q(hold_reason=""),
                name="casework_hold_has_a_reason",
            ),
        ]
        # Each order of the list has an index that begins with what narrows it, so that the first page costs the
        # same however many cases there are.
        indexes = [
            models.Index(
                fields=["tenant_id", "call_id", "state", "lane", "answer_by_date", "ordinal"],
                name="casework_lane_by_deadline",
            ),
            models.Index(
                fields=["tenant_id", "call_id", "state", "answer_by_date", "ordinal"],
                name="casework_state_by_deadline",
            ),
            models.Index(
                fields=["tenant_id", "call_id", "state", "lane", "ordinal"], name="casework_lane_by_age"
            ),
            models.Index(fields=["tenant_id", "call_id", "state", "ordinal"], name="casework_state_by_age"),
            models.Index(
                fields=["tenant_id", "call_id", "assigned_to", "answer_by_date", "ordinal"],
                name="casework_of_an_officer",
                condition=Q(assigned_to__isnull=False),
            ),
            models.Index(
                fields=["tenant_id", "call_id", "municipality_number", "answer_by_date", "ordinal"],
                name="casework_of_a_municipality",
            ),
            models.Index(
                fields=["tenant_id", "call_id", "hold_until_date", "ordinal"],
                name="casework_on_hold",
                condition=Q(hold_until_date__isnull=False),
            ),
            models.Index(fields=["tenant_id", "organisation_number"], name="casework_of_a_company"),
        ]


class Check(Fenced):
    """One run of a rule version over a case's facts: kept, never overwritten. `verdict` is engine.rules' own form.

    `with_register_now`: by the register as it was then, instead of as sealed with the application. `overrides` are
    what an officer has set in place of the rules' own figures, and why: `domain.overrides.Override` as JSON.
    `known` holds what was judged by when the register was looked up anew; None for what is sealed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveIntegerField()
    rules_digest = models.CharField(max_length=64)
    verdict = models.JSONField()
    ran_at = models.DateTimeField()
    with_register_now = models.BooleanField(default=False)
    overrides = models.JSONField(default=list)
    known = models.JSONField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "case", "number"], name="casework_check_once")
        ]


class CaseMove(Fenced):
    """From `check_run` on the case is judged by another version of its scheme. Kept; the newest counts.

    The version the application was sealed with stays under its seal.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    from_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    to_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    check_run = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="move")
    reason = models.CharField(max_length=500)
    moved_by = models.UUIDField()
    moved_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "case", "number"], name="casework_move_once"),
            models.CheckConstraint(
                condition=~Q(from_version=F("to_version")), name="casework_move_goes_somewhere"
            ),
        ]


class Impartiality(Fenced):
    """A person's declaration before working on a case. Who has declared an interest may not act in it, ever.

    Somebody who first declared themselves impartial may declare an interest later; never the other way round.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="declarations")
    person_id = models.UUIDField()
    is_impartial = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "case", "person_id", "is_impartial"], name="casework_impartiality_once"
            )
        ]


class Outcome(models.TextChoices):
    GRANTED = "granted", "Innvilget"
    REFUSED = "refused", "Avslag"


class Proposal(Fenced):
    """Decisions one officer has prepared together, waiting for another person. The set is frozen.

    `left_out` lists the cases that fell out on the way: `[{"case_id", "number", "why"}]`. `kind` says what brought it
    about, and `terms` by which terms its amounts were found, when they were found for all at once. A conditional one
    is made before the money has been decided. On the route to a board an approver cannot decide it.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Til godkjenning"
        APPROVED = "approved", "Godkjent"
        RETURNED = "returned", "Sendt tilbake"

    class Kind(models.TextChoices):
        FIRST = "first", "Første vedtak"
        ANEW = "anew", "Nytt vedtak"
        BUDGET = "budget", "Etter budsjettvedtak"
        TOP_UP = "top_up", "Etterfylling"
        RESERVE = "reserve", "Fra reservelista"

    class Route(models.TextChoices):
        DELEGATED = "delegated", "Etter delegert myndighet"
        BOARD = "board", "Politisk behandling"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FIRST)
    route = models.CharField(max_length=10, choices=Route, default=Route.DELEGATED)
    is_conditional = models.BooleanField(default=False)
    terms = models.JSONField(default=dict)
    call_id = models.UUIDField()
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    left_out = models.JSONField(default=list)

    objects = FencedManager()


class ProposalLine(Fenced):
    """What is proposed for one case: outcome, amount and reasons, with the check it rests on.

    `replaces` names the decision it would replace, when the case has one. `deviations` gives the coded reason and the
    officer's own words for every criterion deviated from, `[{"criterion", "code", "words"}]`; `departure_*` why it
    goes another way than like cases, and `departs_from` the sentence that said so with the decisions it is about.
    `reserve_rank` puts a refused case on the reserve list for `reserve_nok`.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposal_lines")
    check_run = models.ForeignKey(Check, on_delete=models.PROTECT)
    replaces = models.ForeignKey(
        "Decision", null=True, on_delete=models.PROTECT, related_name="challenged_by"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    reason_code = models.CharField(max_length=40)
    reason_text = models.TextField(blank=True)
    deviations = models.JSONField(default=list)
    departure_code = models.CharField(max_length=40, blank=True)
    departure_words = models.TextField(blank=True)
    departs_from = models.JSONField(default=dict)
    reserve_rank = models.PositiveIntegerField(null=True)
    reserve_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    is_open = models.BooleanField(default=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "case"], condition=Q(is_open=True), name="casework_one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted", amount_nok__gt=0) | Q(outcome="refused", amount_nok=0),
                name="casework_line_amount_fits_outcome",
            ),
            models.CheckConstraint(
                condition=Q(departure_code="", departure_words="")
                | ~Q(departure_code="") & ~Q(departure_words=""),
                name="casework_line_departs_with_words",
            ),
            models.CheckConstraint(
                condition=Q(reserve_rank__isnull=True, reserve_nok__isnull=True)
                | Q(reserve_rank__gte=1, reserve_nok__gt=0, outcome="refused"),
                name="casework_line_in_reserve_is_refused",
            ),
        ]


class Decision(Fenced):
    """A vedtak. Immutable: a change of mind is a new decision that names the one it replaces.

    `accept_by_date` is there only when the grant must be accepted before anything is paid; `report_days` only when
    the recipient must report, so many days after the payment. `depends_on` is the funding source a conditional grant
    waits for: nothing is set aside, owed or written down as aid until that money has been decided.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    check_run = models.ForeignKey(Check, on_delete=models.PROTECT)
    outcome = models.CharField(max_length=10, choices=Outcome)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    reason_code = models.CharField(max_length=40)
    reason_text = models.TextField(blank=True)
    deviations = models.JSONField(default=list)
    departure_code = models.CharField(max_length=40, blank=True)
    departure_words = models.TextField(blank=True)
    prepared_by = models.UUIDField()
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    appeal_by_date = models.DateField()
    accept_by_date = models.DateField(null=True)
    report_days = models.PositiveSmallIntegerField(null=True)
    depends_on = models.UUIDField(null=True)
    snapshot = models.JSONField()
    seal = models.CharField(max_length=64)

    objects = FencedManager()

    @property
    def is_conditional(self) -> bool:
        """It holds only if the money it depends on is decided; until then nothing is set aside or owed."""
        return self.depends_on is not None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "case", "number"], name="casework_decision_once"),
            models.CheckConstraint(
                condition=~Q(prepared_by=F("decided_by")), name="casework_decision_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(number=1, replaces__isnull=True) | Q(number__gt=1, replaces__isnull=False),
                name="casework_decision_names_the_one_it_replaces",
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted", amount_nok__gt=0) | Q(outcome="refused", amount_nok=0),
                name="casework_decision_amount_fits_outcome",
            ),
            models.CheckConstraint(
                condition=Q(departure_code="", departure_words="")
                | ~Q(departure_code="") & ~Q(departure_words=""),
                name="casework_decision_departs_with_words",
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted") | Q(accept_by_date__isnull=True, report_days__isnull=True),
                name="casework_only_grants_are_accepted",
            ),
            models.CheckConstraint(
                condition=Q(depends_on__isnull=True) | Q(outcome="granted", accept_by_date__isnull=True),
                name="casework_conditional_is_a_grant_not_yet_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "decided_at"], name="casework_decided"),
            models.Index(
                fields=["tenant_id", "depends_on"],
                name="casework_depending",
                condition=Q(depends_on__isnull=False),
            ),
        ]


class Award(Fenced):
    """How much of a granted decision one funding source carries."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="awards")
    source_id = models.UUIDField()
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "decision", "source_id"], name="casework_award_once"
            ),
            models.CheckConstraint(condition=Q(amount_nok__gt=0), name="casework_award_positive"),
        ]
