from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager
from runde.grants.schemes.api import Call, SchemeVersion


class Sheet(Fenced):
    """Answers to a form, with what keeps several writers from losing each other's words.

    `answers` holds what could be read, by question. `revision` rises by one with each save. `turns` is the newest
    save taken in from each rendered page, so that an older one that arrives late is known for what it is. `unread`
    is what was typed and could not be read: it is shown again, and never replaces the answer that stands.
    """

    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    turns = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)

    class Meta:
        abstract = True


class Application(Sheet):
    """One company's answer to one call. Sealed when submitted: then answers, facts and rules lie under one hash.

    `scheme_version` is what it is answered and judged by. A draft follows its call by `rebase_drafts`; what is sent
    stays with the version it was sealed with. A new form leaves nothing behind: what no longer has a question is kept
    in `set_aside` ({slug: {label, text, type, value}}), and `to_see` lists answers the applicant should look at again.

    `facts_seen` is the register as the applicant was last shown it, `facts_changed` what has changed since
    ([{fact, was, now, at}]), `disputes` what they say is wrong ({fact: {said, comment, by, at}}). `prefill` holds what
    we suggest as answers ({slug: {value, source}}): it counts for nothing until the applicant has saved it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Kladd"
        SUBMITTED = "submitted", "Sendt inn"
        WITHDRAWN = "withdrawn", "Trukket"

    class RegisterState(models.TextChoices):
        KNOWN = "known", "Hentet fra Enhetsregisteret"
        PENDING = "pending", "Ikke hentet ennå"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="applications")
    organisation_number = models.CharField(max_length=9)
    company_name = models.CharField(max_length=300)
    applicant_id = models.UUIDField()
    language = models.CharField(max_length=2, default="nb")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, blank=True)
    register_state = models.CharField(max_length=10, choices=RegisterState, default=RegisterState.KNOWN)
    facts_seen = models.JSONField(default=dict)
    facts_changed = models.JSONField(default=list)
    disputes = models.JSONField(default=dict)
    set_aside = models.JSONField(default=dict)
    to_see = models.JSONField(default=list)
    prefill = models.JSONField(default=dict)
    cloned_from = models.UUIDField(null=True)
    warned_for_date = models.DateField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "call", "organisation_number"],
                condition=~Q(state="withdrawn"),
                name="applications_one_for_each_company",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "number"], condition=~Q(number=""), name="applications_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", seal="", number="")
                | Q(state="withdrawn")
                | Q(state="submitted", submitted_at__isnull=False) & ~Q(seal="") & ~Q(number=""),
                name="applications_submitted_is_sealed",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "organisation_number"], name="applications_company")]

    def __str__(self) -> str:
        return f"{self.number or 'kladd'} {self.company_name}"
