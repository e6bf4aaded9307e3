"""Ask, confirm, tell, leave, forget.

No act here is written in a journal: journals belong to tenants, and a subscription to nobody but the subscriber.
What is sent is in the journal of the tenant that tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from runde.foundation.trust.api import NotFound

from ..addresses import one_address
from ..operations import Outgoing, queue_notices
from .digests import make_secret
from .models import Subscription, SubscriptionSecret, Telling
from .queries import find_by_secret

Purpose = SubscriptionSecret.Purpose
DAYS_TO_CONFIRM = 7
DAYS_KEPT_WHEN_TOLD = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """What to write. Where `SECRET_MARK` stands in `end_url` and `body`, each mail gets a secret of its own."""

    subject: str
    body: str
    end_url: str


@transaction.atomic
def ask_subscription(
    *,
    topic: str,
    filter: Mapping[str, str],  # noqa: A002 - what it is
    email: str,
    language: str,
    is_once: bool = False,
    at: datetime,
) -> str:
    """Take down a wish; gives the secret that confirms it, to be mailed to the address and shown nowhere.

    The same wish again gives a new secret and changes nothing that is confirmed. Raises AddressRefused.
    """
    wish = {"topic": topic, "email": one_address(email).lower(), "filter": dict(filter)}
    asked = {"language": language, "asked_at": at}
    found, is_new = Subscription.objects.get_or_create(**wish, defaults={**asked, "is_once": is_once})
    if not is_new:
        Subscription.objects.filter(id=found.id).update(**asked)
        found.secrets.filter(purpose=Purpose.CONFIRM).delete()
    return make_secret(found, Purpose.CONFIRM, expires_at=at + timedelta(days=DAYS_TO_CONFIRM))


@transaction.atomic
def confirm_subscription(*, secret: str, at: datetime) -> Subscription:
    """The address is the asker's own. Pressing twice is as good as once. Raises NotFound."""
    found = find_by_secret(secret, Purpose.CONFIRM, at=at, for_update=True)
    if found is None:
        raise NotFound("Lenken er for gammel. Be om en ny.")
    if found.confirmed_at is None:
        found.confirmed_at = at
        found.save(update_fields=["confirmed_at"])
    return found


@transaction.atomic
def end_subscription(*, secret: str, at: datetime) -> bool:
    """Delete all the address wanted on the topic; False when the link leads to nothing, because it is done."""
    found = find_by_secret(secret, Purpose.END, at=at)
    if found is None:
        return False
    Subscription.objects.filter(topic=found.topic, email=found.email).delete()
    return True


def tell_subscribers(
    *,
    topic: str,
    filters: Sequence[Mapping[str, str]],
    subject_kind: str,
    subject_id: UUID,
    write: Callable[[str], Letter],
    at: datetime,
) -> int:
    """Queue one notice to each address that wants one of `filters`; gives how many. Each subject is told once.

    Call inside the fence of the tenant that tells.
    `write` is handed a language.
    """
    with transaction.atomic():
        if not _is_first(topic, subject_id, at):
            return 0
        wanted = Subscription.objects.select_for_update().filter(
            topic=topic, filter__in=[dict(one) for one in filters], confirmed_at__lte=at
        )
        to = {one.email: one for one in wanted.order_by("-id")}
        letters = {language: write(language) for language in {one.language for one in to.values()}}
        queue_notices(
            [_outgoing(one, letters[one.language], subject_kind, subject_id) for one in to.values()], at=at
        )
        wanted.update(told_at=at)
        Telling.objects.filter(subject_id=subject_id).update(notices=len(to))
    return len(to)


def forget_subscriptions(*, at: datetime) -> int:
    """Delete wishes nobody confirmed, and those that have done their duty; gives how many."""
    unconfirmed = Subscription.objects.filter(
        confirmed_at=None, asked_at__lt=at - timedelta(days=DAYS_TO_CONFIRM)
    )
    done = Subscription.objects.filter(is_once=True, told_at__lt=at - timedelta(days=DAYS_KEPT_WHEN_TOLD))
    return sum(found.delete()[1].get("notices.Subscription", 0) for found in (unconfirmed, done))


def _is_first(topic: str, subject_id: UUID, at: datetime) -> bool:
    """Whether this is the first telling; whoever comes second waits here until the first is committed."""
    _, is_new = Telling.objects.get_or_create(subject_id=subject_id, defaults={"topic": topic, "told_at": at})
    return is_new


def _outgoing(one: Subscription, letter: Letter, subject_kind: str, subject_id: UUID) -> Outgoing:
    address = hashlib.sha256(one.email.encode()).hexdigest()[:32]
    return Outgoing(
        key=f"{one.topic}:{subject_id}:{address}",
        language=one.language,
        subject=letter.subject,
        body=letter.body,
        subject_kind=subject_kind,
        subject_id=subject_id,
        email=one.email,
        subscription_id=one.id,
        end_url=letter.end_url,
    )
