from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from .digests import digest_of
from .models import Subscription, SubscriptionSecret, Telling


def find_by_secret(
    secret: str, purpose: SubscriptionSecret.Purpose, *, at: datetime, for_update: bool = False
) -> Subscription | None:
    """The subscription a link is about; None when the link is unknown, for something else or too old."""
    holds = Q(secrets__expires_at=None) | Q(secrets__expires_at__gt=at)
    found = Subscription.objects.filter(holds, secrets__digest=digest_of(secret), secrets__purpose=purpose)
    return (found.select_for_update(of=("self",)) if for_update else found).first()


def untold(subject_ids: Collection[UUID]) -> set[UUID]:
    """Those of the subjects that subscribers have not been told of."""
    told = Telling.objects.filter(subject_id__in=subject_ids).values_list("subject_id", flat=True)
    return set(subject_ids) - set(told)


def list_subscriptions(email: str) -> list[Subscription]:
    """What an address has asked to hear of, confirmed or not, in the order it was asked."""
    return list(Subscription.objects.filter(email__iexact=email).order_by("asked_at", "id"))
