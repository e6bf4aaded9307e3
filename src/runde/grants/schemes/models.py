from __future__ import annotations

from decimal import Decimal

from django.db import models

from runde.foundation.forms.api import FormVersion
from runde.foundation.trust.api import Fenced, FencedManager, new_id


class Scheme(Fenced):
    """A support scheme of one municipality; what it says lives in its versions."""

    slug = models.SlugField()
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "slug"], name="schemes_scheme_once")]


class SchemeVersion(Fenced):
    """The scheme as it reads at one time. Never changed: each application is judged by the version it was sealed with.

    `texts` holds name, summary, purpose and conditions in nb, nn and en; `rules` a rule set for `engine.rules`.
    `assumptions` and `take_up` are what its reach and cost were judged by, as `engine.whatif` writes them.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    rules = models.JSONField()
    rules_digest = models.CharField(max_length=64)
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT)
    legal_basis = models.JSONField(default=dict)
    assumptions = models.JSONField(default=list)
    take_up = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "scheme", "number"], name="schemes_version_once")
        ]


class Call(Fenced):
    """An invitation to apply under one scheme version, from a time to a time.

    A running call is answered as applications come, while there is money, until `closes_at` at the latest.
    Those who had begun may still send for `grace_minutes` after `closes_at`; `late_rule` says in nb, nn and en
    what happens to those who come later. `contact_*` is empty where the municipality's own contact answers.
    """

    class Kind(models.TextChoices):
        DEADLINE = "deadline", "Med frist"
        RUNNING = "running", "Løpende"

    class State(models.TextChoices):
        DRAFT = "draft", "Kladd"
        PUBLISHED = "published", "Publisert"
        WITHDRAWN = "withdrawn", "Trukket"

    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="calls")
    slug = models.SlugField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answer_by_date = models.DateField()
    published_at = models.DateTimeField(null=True)
    euro_rate = models.DecimalField(max_digits=10, decimal_places=4)
    euro_rate_date = models.DateField()
    euro_rate_source = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DEADLINE)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    late_rule = models.JSONField(default=dict)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    needs_acceptance = models.BooleanField(default=False)
    acceptance_days = models.PositiveSmallIntegerField(null=True)
    keep_drafts_days = models.PositiveSmallIntegerField(default=90)
    report_due_days = models.PositiveSmallIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "slug"], name="schemes_call_once"),
            models.CheckConstraint(
                condition=models.Q(needs_acceptance=False)
                | models.Q(acceptance_days__isnull=False, acceptance_days__gt=0),
                name="schemes_call_days_to_accept",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="schemes_call_closes_after_opening",
            ),
        ]


class CallVersionChange(Fenced):
    """A published call was moved to another version of its scheme. Never changed."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="version_changes")
    from_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    to_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    changed_by = models.UUIDField()
    changed_at = models.DateTimeField()

    objects = FencedManager()


class CallExtension(Fenced):
    """The deadline of a published call was moved to a later time. Never changed."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    was_closing_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answer_by_date = models.DateField()
    reason = models.TextField()
    extended_by = models.UUIDField()
    extended_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("was_closing_at")),
                name="schemes_extension_is_later",
            )
        ]


class FundingSource(Fenced):
    """Money given for a purpose. Only decided money can be awarded.

    `is_changed` tells that the decided amount is not the first one; it can be awarded all the same. The money may be
    used from `use_from_date` to `use_by_date`, both included; None is no limit.
    """

    class State(models.TextChoices):
        APPLIED_FOR = "applied_for", "Søkt om"
        SUBJECT_TO_DECISION = "subject_to_decision", "Ikke vedtatt"
        DECIDED = "decided", "Vedtatt"
        WITHDRAWN = "withdrawn", "Trukket"

    name = models.CharField(max_length=200)
    giver = models.CharField(max_length=200)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    earmark = models.TextField(blank=True)
    earmark_text = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=30, choices=State)
    decision_document = models.CharField(max_length=300, blank=True)
    decision_expected_date = models.DateField(null=True)
    use_by_date = models.DateField(null=True)
    use_from_date = models.DateField(null=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    is_changed = models.BooleanField(default=False)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_nok__gt=0), name="schemes_source_has_money"),
            models.CheckConstraint(
                condition=models.Q(use_from_date__isnull=True)
                | models.Q(use_by_date__isnull=True)
                | models.Q(use_by_date__gte=models.F("use_from_date")),
                name="schemes_source_period_forward",
            ),
        ]

    @property
    def stands_as(self) -> str:
        """Where the money stands, for people: a decided amount that was changed is its own word."""
        if self.is_changed and self.state == self.State.DECIDED:
            return "Endret"
        return str(self.State(self.state).label)


class SourceChange(Fenced):
    """What happened to a source, which day, and the document that says so. Never changed; numbered from 1.

    `amount_nok` is the source's amount afterwards, `before_nok` before. When money is carried over to a later period,
    `carried_nok` is what was not paid out then, and `use_by_date` the new last day.
    """

    class Kind(models.TextChoices):
        APPLIED_FOR = "applied_for", "Søkt om"
        EXPECTED = "expected", "Vedtak ventes"
        DECIDED = "decided", "Vedtatt"
        CHANGED = "changed", "Beløpet er endret"
        CARRIED_OVER = "carried_over", "Overført til senere år"
        WITHDRAWN = "withdrawn", "Trukket"

    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    on_date = models.DateField()
    document = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    amount_nok = models.DecimalField(max_digits=14, decimal_places=2)
    before_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    carried_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    use_by_date = models.DateField(null=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "source", "number"], name="schemes_change_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["applied_for", "expected", "withdrawn"])
                | ~models.Q(document=""),
                name="schemes_change_has_document",
            ),
        ]


class CallFunding(Fenced):
    """A source pays for a call; lower `rank` is used first."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="funding")
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="calls")
    rank = models.PositiveSmallIntegerField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "call", "source"], name="schemes_callfunding_once")
        ]


class Announcement(models.Model):
    """What the public sees of a published call: outside the fence by intent, written when the call changes.

    `rules`, `form` and `assumptions` are the scheme version's own, so that everybody can be told how they stand
    in every municipality at once; `funding` says what money pays, decided or not. `contact` has name, email and
    phone; `files` document_id, version_id, title, file_name, media_type and size. `highest_amount_nok` is None
    when the rules have no ceiling of their own. `first_closes_at` is the deadline before the first extension, and
    `left_nok` what was left of the decided money at `money_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    call_id = models.UUIDField(unique=True)
    tenant_slug = models.SlugField()
    tenant_name = models.CharField(max_length=200)
    call_slug = models.SlugField()
    texts = models.JSONField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    is_conditional = models.BooleanField()
    published_at = models.DateTimeField()
    answer_by_date = models.DateField()
    scheme_version_id = models.UUIDField()
    rules_digest = models.CharField(max_length=64)
    rules = models.JSONField()
    form_digest = models.CharField(max_length=64)
    form = models.JSONField()
    assumptions = models.JSONField(default=list)
    funding = models.JSONField(default=list)
    kind = models.CharField(max_length=10, choices=Call.Kind, default=Call.Kind.DEADLINE)
    grace_ends_at = models.DateTimeField()
    first_closes_at = models.DateTimeField(null=True)
    late_rule = models.JSONField(default=dict)
    municipality_number = models.CharField(max_length=4, blank=True)
    highest_amount_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    needs_acceptance = models.BooleanField(default=False)
    contact = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    decided_nok = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    waiting_nok = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    left_nok = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    is_used_up = models.BooleanField(default=False)
    money_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_slug", "call_slug"], name="schemes_announcement_once")
        ]
