from __future__ import annotations

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
    """An invitation to apply under one scheme version, from a time to a time."""

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

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "slug"], name="schemes_call_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="schemes_call_closes_after_opening",
            ),
        ]


class FundingSource(Fenced):
    """Money given for a purpose. Only decided money can be awarded."""

    class State(models.TextChoices):
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

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_nok__gt=0), name="schemes_source_has_money")
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
    in every municipality at once; `funding` says what money pays, decided or not.
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_slug", "call_slug"], name="schemes_announcement_once")
        ]
