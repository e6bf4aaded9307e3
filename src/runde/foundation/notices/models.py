from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import Fenced, FencedManager

from .subscriptions.models import Subscription, SubscriptionSecret, Telling

__all__ = ["Notice", "Subscription", "SubscriptionSecret", "Telling"]


class Notice(Fenced):
    """One message to one person, written in the same transaction as what it tells about, sent afterwards.

    `key` says what it is about: the same notice is never queued twice. `leave_at` is when it may leave: until
    then it can be called back. One that goes out on a subscription holds the address where the subscriber gets out,
    with `SECRET_MARK` where the secret goes in as the mail leaves.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Venter"
        SENT = "sent", "Sendt"
        CALLED_BACK = "called_back", "Kalt tilbake"
        FAILED = "failed", "Feilet"

    key = models.CharField(max_length=120)
    to_email = models.EmailField()
    to_person_id = models.UUIDField(null=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    subscription_id = models.UUIDField(null=True)
    end_url = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField()
    leave_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = FencedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="notices_notice_once")]
        indexes = [models.Index(fields=["tenant_id", "state", "leave_at"], name="notices_due")]
