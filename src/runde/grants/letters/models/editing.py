from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager

from .templates import LetterTemplateVersion


class LetterEdit(Fenced):
    """What an officer changed in one letter before it was sent. Kept: a later row for the same `place` counts.

    `old` empty is a paragraph added, `new` empty one taken out; `is_undone` brings back what the template says.
    The case is named by its id alone: this room lies below casework.
    """

    case_id = models.UUIDField()
    place = models.UUIDField()
    scheme_id = models.UUIDField()
    kind = models.SlugField(max_length=40)
    language = models.CharField(max_length=2)
    block = models.SlugField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    pattern = models.CharField(max_length=500, blank=True)
    is_undone = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    objects = FencedManager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "case_id", "made_at"], name="letters_edits_of_case"),
            models.Index(fields=["tenant_id", "scheme_id", "made_at"], name="letters_edits_of_scheme"),
        ]


class LetterUse(Fenced):
    """A decision whose letter was written from a version of a template."""

    version = models.ForeignKey(LetterTemplateVersion, on_delete=models.PROTECT, related_name="uses")
    case_id = models.UUIDField()
    decision_id = models.UUIDField()
    language = models.CharField(max_length=2)
    used_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "decision_id"], name="letters_use_once"),
        ]
