from __future__ import annotations

from django.db import models

from runde.foundation.trust.api import new_id


class Subscription(models.Model):
    """An address that wants mail on a topic, from every municipality at once: outside the fence by intent.

    `filter` narrows the topic, by names the topic's own room gives meaning to; empty is all of it. Nothing is sent
    before `confirmed_at`. With `is_once` it has done its duty when told, and is forgotten a while after. Whoever
    leaves is deleted: the row is all we know of them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.CharField(max_length=40)
    filter = models.JSONField(default=dict)
    email = models.EmailField()
    language = models.CharField(max_length=2)
    is_once = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "email", "filter"], name="notices_subscription_once")
        ]


class SubscriptionSecret(models.Model):
    """What a mail's link proves. Only the digest is kept; the secret itself is in the mail and nowhere else."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"
        END = "end"

    digest = models.BinaryField(primary_key=True, max_length=32)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="secrets")
    purpose = models.CharField(max_length=10, choices=Purpose)
    expires_at = models.DateTimeField(null=True)


class Telling(models.Model):
    """Subscribers have been told of this, once and for all. Outside the fence with the subscriptions."""

    subject_id = models.UUIDField(primary_key=True)
    topic = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    notices = models.PositiveIntegerField(default=0)
