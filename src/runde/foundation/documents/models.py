from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager


class Document(Fenced):
    """Something written or handed in, belonging to a subject (a case, an application, a batch).

    `key` says what the system wrote it for ("decision_letter:<decision>"): such a document is made once. It is
    empty for what people hand in.
    """

    class Kind(models.TextChoices):
        DECISION_LETTER = "decision_letter", "Vedtaksbrev"
        RECEIPT = "receipt", "Kvittering"
        ATTACHMENT = "attachment", "Vedlegg"

    kind = models.CharField(max_length=30, choices=Kind)
    key = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "key"], condition=~Q(key=""), name="documents_key_once"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "subject_kind", "subject_id"], name="documents_subject")]


class Version(Fenced):
    """One sealed state of a document: its bytes lie in the file store under their own hash."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    file_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "document", "number"], name="documents_version_once")
        ]
