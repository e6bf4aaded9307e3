"""The door to notices: an outbox written with what it tells about, sent afterwards; and who wants mail on a topic."""

from .addresses import SECRET_MARK
from .models import Notice, Subscription, SubscriptionSecret
from .operations import (
    AddressRefused,
    MailRefused,
    Outgoing,
    call_back,
    mail_at_once,
    queue_notice,
    queue_notices,
    send_due,
)
from .queries import list_notices, list_notices_to
from .subscriptions.operations import (
    DAYS_TO_CONFIRM,
    Letter,
    ask_subscription,
    confirm_subscription,
    end_subscription,
    forget_subscriptions,
    tell_subscribers,
)
from .subscriptions.queries import find_by_secret, list_subscriptions, untold

SecretPurpose = SubscriptionSecret.Purpose

__all__ = [
    "DAYS_TO_CONFIRM",
    "SECRET_MARK",
    "AddressRefused",
    "Letter",
    "MailRefused",
    "Notice",
    "Outgoing",
    "SecretPurpose",
    "Subscription",
    "ask_subscription",
    "call_back",
    "confirm_subscription",
    "end_subscription",
    "find_by_secret",
    "forget_subscriptions",
    "list_notices",
    "list_notices_to",
    "list_subscriptions",
    "mail_at_once",
    "queue_notice",
    "queue_notices",
    "send_due",
    "tell_subscribers",
    "untold",
]
