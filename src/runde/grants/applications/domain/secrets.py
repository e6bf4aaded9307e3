"""Secrets that stand for an unfinished application: given to a browser once, stored as a digest."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 24


def new_secret() -> str:
    return secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """What is stored and looked up; the secret has enough chance in it to need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
