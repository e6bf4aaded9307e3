from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager


class Chain(models.TextChoices):
    EVENTS = "events", "Hendelser"
    READINGS = "readings", "Lesing av saker"


class Event(Fenced):
    """What happened, by whom. Append-only; each row carries the hash of the one before it.

    `payload` is canonical JSON text and `salt` 16 random bytes; only their hash enters the chain, so both can be
    erased without breaking it.
    """

    chain = models.CharField(max_length=10, choices=Chain)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    payload = models.TextField(null=True)  # noqa: DJ001 - null means erased, which differs from empty
    salt = models.BinaryField(max_length=16, null=True)
    payload_hash = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    format = models.PositiveSmallIntegerField()

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "chain", "seq"], name="journal_event_seq_once")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "subject_kind", "subject_id"], name="journal_event_subject")
        ]


class Head(Fenced):
    """The last link of each chain: locked while a new one is added."""

    chain = models.CharField(max_length=10, choices=Chain)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    objects = FencedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "chain"], name="journal_head_once")]
