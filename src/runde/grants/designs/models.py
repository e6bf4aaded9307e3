from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager, new_id
from runde.grants.schemes.api import Scheme, SchemeVersion


class Draft(Fenced):
    """A scheme being written. `content` is "runde-scheme/1", see `domain.content`.

    `revision` counts the acts, undo and redo too: whoever changes the draft says which one they had read.
    `scheme` is set when the draft is to be the next version of a scheme that stands.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Kladd"
        PUBLISHED = "published", "Publisert"
        DISCARDED = "discarded", "Forkastet"

    slug = models.SlugField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    origin = models.JSONField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    scheme = models.ForeignKey(Scheme, null=True, on_delete=models.PROTECT, related_name="drafts")
    version = models.OneToOneField(SchemeVersion, null=True, on_delete=models.PROTECT, related_name="draft")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published", version__isnull=False, scheme__isnull=False)
                | ~Q(state="published") & Q(version__isnull=True),
                name="designs_published_has_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DraftRevision(Fenced):
    """One act on a draft, kept for ever. `number` is the draft's revision after it.

    `shows` is the number of the change whose content stands after the act: its own for a change, an earlier or
    later one for an undo or a redo. `parent` is the change it was built on. Only changes hold `content`.
    """

    class Kind(models.TextChoices):
        START = "start", "Begynt"
        CHANGE = "change", "Endret"
        UNDO = "undo", "Angret"
        REDO = "redo", "Gjort om igjen"

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    shows = models.PositiveIntegerField()
    parent = models.PositiveIntegerField(null=True)
    what = models.CharField(max_length=300)
    changes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    content: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "draft", "number"], name="designs_revision_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["start", "change"], content__isnull=False, shows=models.F("number"))
                | Q(kind__in=["undo", "redo"], content__isnull=True),
                name="designs_revision_has_content",
            ),
        ]


class Part(Fenced):
    """A part of a draft or of a published version that others may lean on: a question, fact, criterion, …"""

    draft = models.ForeignKey(Draft, null=True, on_delete=models.PROTECT, related_name="parts")
    version = models.ForeignKey(SchemeVersion, null=True, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False, version__isnull=True)
                | Q(draft__isnull=True, version__isnull=False),
                name="designs_part_of_one",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "draft", "kind", "name"],
                condition=Q(draft__isnull=False),
                name="designs_part_of_draft_once",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "version", "kind", "name"],
                condition=Q(version__isnull=False),
                name="designs_part_of_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class PartReference(Fenced):
    """`user` leans on `used`: the key keeps what is used from being removed."""

    user = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="uses")
    used = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="used_by")

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "user", "used"], name="designs_reference_once")
        ]


class SharedScheme(models.Model):
    """A published version on the region's shelf: outside the fence by intent, read by every tenant.

    `content` is what the sharer published, as "runde-scheme/1"; never notes, money or applications.
    `texts` are those of its texts a list shows: name, summary, who and how_much.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    tenant_slug = models.SlugField()
    tenant_name = models.CharField(max_length=200)
    municipality_number = models.CharField(max_length=4, blank=True)
    version_id = models.UUIDField(unique=True)
    scheme_slug = models.SlugField()
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    texts = models.JSONField()
    shared_at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "scheme_slug"], name="designs_shared_once")
        ]

    def __str__(self) -> str:
        return f"{self.scheme_slug} {self.number} ({self.tenant_name})"
