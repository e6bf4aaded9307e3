"""What belongs to the case file and not to the weighing: the office's own notes, and what the public may see."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .deciding import Case


class InternalNote(Fenced):
    """A note the municipality writes to itself. The applicant never sees it. Its words stay as they were written."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    objects = FencedManager()


class OpennessMark(Fenced):
    """Somebody has said whether a text or document in a case is public. Kept; the newest of each subject counts.

    `subject_id` is an id, or the slug of an answer. `ground` is a code among the grounds for exemption in the
    reference data; it is there when, and only when, the subject is exempt.
    """

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Dokument"
        ATTACHMENT = "attachment", "Vedlegg"
        MESSAGE = "message", "Melding"
        REQUEST = "request", "Spørsmål til søkeren"
        NOTE = "note", "Internt notat"
        ANSWER = "answer", "Svar i søknaden"
        REASONS = "reasons", "Begrunnelse"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openness_marks")
    subject_kind = models.CharField(max_length=12, choices=Kind)
    subject_id = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    is_exempt = models.BooleanField()
    ground = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    marked_by = models.UUIDField()
    marked_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "case", "subject_kind", "subject_id", "number"],
                name="casework_openness_mark_once",
            ),
            models.CheckConstraint(
                condition=Q(is_exempt=False, ground="") | (Q(is_exempt=True) & ~Q(ground="")),
                name="casework_exempt_has_a_ground",
            ),
        ]
