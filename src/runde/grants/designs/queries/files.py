from __future__ import annotations

from runde.grants.schemes.api import SchemeVersion

from ..models import Draft


def export_draft(draft: Draft) -> bytes:
    """The draft as a "runde-scheme/1" file: JSON as UTF-8. Reading it in gives the same content."""
    raise NotImplementedError


def export_version(version: SchemeVersion) -> bytes:
    raise NotImplementedError
