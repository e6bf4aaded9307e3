"""The mail as it leaves: with a secret of its own for getting out, or not at all when the subscriber has left."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ..models import Notice
from .digests import make_secret
from .models import Subscription, SubscriptionSecret


def standing(notices: Iterable[Notice]) -> dict[UUID, Subscription]:
    """The subscriptions that notices in hand go out on, held so that nobody leaves meanwhile."""
    wanted = {one.subscription_id for one in notices if one.subscription_id}
    if not wanted:
        return {}
    found = Subscription.objects.select_for_update().filter(id__in=wanted).order_by("id")
    return {one.id: one for one in found}


def end_secret(subscription: Subscription) -> str:
    return make_secret(subscription, SubscriptionSecret.Purpose.END)
