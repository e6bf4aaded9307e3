"""Listens to what the schemes below announce."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from runde.grants.schemes.api import SchemeVersion
from runde.grants.schemes.signals import version_published

from .operations.referring import write_version_references


@receiver(version_published)
def keep_what_uses_what(version: SchemeVersion, **news: Any) -> None:
    """Whoever publishes a version, its references become rows in the same transaction."""
    write_version_references(version)
