from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from runde.foundation.trust.api import Fenced, FencedManager
from runde.grants.schemes.api import Scheme


class LetterTemplate(Fenced):
    """The municipality's own wording of one kind of letter, for one scheme or, without one, for all of them."""

    scheme = models.ForeignKey(Scheme, null=True, on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.SlugField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "scheme", "kind"],
                condition=Q(scheme__isnull=False),
                name="letters_template_of_scheme_once",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "kind"],
                condition=Q(scheme__isnull=True),
                name="letters_template_for_all_once",
            ),
        ]


class LetterTemplateVersion(Fenced):
    """A template as it reads at one time. `content` is "runde-letter/1", see `domain.content`.

    Written while it is a draft, then never changed. `writers` are all who have written in it: none of them may
    approve it. `revision` counts the changes, so that two who write see each other.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Kladd"
        PENDING = "pending", "Til godkjenning"
        APPROVED = "approved", "Godkjent"
        IN_USE = "in_use", "I bruk"
        REPLACED = "replaced", "Erstattet"
        DISCARDED = "discarded", "Forkastet"

    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    writers: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    in_use_at = models.DateTimeField(null=True)
    in_use_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "template", "number"], name="letters_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "template"],
                condition=Q(state="in_use"),
                name="letters_one_version_in_use",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "template"],
                condition=Q(state__in=["draft", "pending", "approved"]),
                name="letters_one_version_being_made",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("changed_by")),
                name="letters_version_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "in_use", "replaced"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="letters_used_version_is_approved",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class TemplateChange(Fenced):
    """One change of a draft, kept. `place` is a text's key, or the block a paragraph was added to or taken from."""

    version = models.ForeignKey(LetterTemplateVersion, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    place = models.CharField(max_length=80)
    was: models.JSONField[Any, Any] = models.JSONField(null=True)
    now: models.JSONField[Any, Any] = models.JSONField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    objects = FencedManager()
