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
        LETTER = "letter", "Brev"

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


class Upload(Fenced):
    """A file on its way in, in parts. Its bytes lie in the tenant's incoming folder under this id.

    It becomes an attachment with the same id when it is finished, and is removed when nobody goes on with it.
    `mark` is what the sender knows the file by besides name and size (when it was last changed): only a file with
    the same mark goes on where this one stopped.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    question = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    mark = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    made_by = models.UUIDField()
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=models.F("size")), name="documents_upload_not_over"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "made_by"], name="documents_upload_by")]


class Attachment(Fenced):
    """A file somebody handed in with a subject, as answer to a question or on its own.

    `sha256`, `size` and `media_type` are of the file as we keep it: checked, and freed of what a picture tells
    about its maker. `sent_sha256` is of what was sent. `reason` says why a refused file was refused. Once sealed
    with its subject it stands: only the scanner's answer may still be added.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Mottatt"
        CHECKED = "checked", "Kontrollert"
        SCANNED = "scanned", "Kontrollert for virus"
        REFUSED = "refused", "Avvist"
        INFECTED = "infected", "Inneholder virus"

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    question = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    reason = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    sent_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    has_preview = models.BooleanField(default=False)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "refused"])
                | Q(checked_at__isnull=False) & ~Q(sha256="") & ~Q(media_type=""),
                name="documents_attachment_checked_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="documents_attachment_refused_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(state__in=["checked", "scanned", "infected"]),
                name="documents_attachment_sealed_is_checked",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "subject_kind", "subject_id"], name="documents_attachment_of"),
            models.Index(
                fields=["tenant_id", "state"],
                condition=Q(state__in=["received", "checked"]),
                name="documents_attachment_waits",
            ),
        ]

    @property
    def is_usable(self) -> bool:
        """Whether it counts as handed in."""
        return self.state in (self.State.CHECKED, self.State.SCANNED)
