"""Secrets for links: made by chance, kept as digests, so that who reads the database cannot act for anybody."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from .models import Subscription, SubscriptionSecret

BYTES = 32
LONGEST = 100


def digest_of(secret: str) -> bytes:
    return hashlib.sha256(secret[:LONGEST].encode()).digest()


def make_secret(
    subscription: Subscription, purpose: SubscriptionSecret.Purpose, *, expires_at: datetime | None = None
) -> str:
    """A new secret for one link; several may hold at once, one in each mail."""
    secret = secrets.token_urlsafe(BYTES)
    SubscriptionSecret.objects.create(
        digest=digest_of(secret), subscription=subscription, purpose=purpose, expires_at=expires_at
    )
    return secret
