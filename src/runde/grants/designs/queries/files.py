from __future__ import annotations

from runde.grants.schemes.api import SchemeVersion

from ..domain.scheme_file import written
from ..models import Draft
from .versions import content_of


def export_draft(draft: Draft) -> bytes:
    """The draft as a "runde-scheme/1" file: JSON as UTF-8. Reading it in gives the same content."""
    return written(draft.content)


def export_version(version: SchemeVersion) -> bytes:
    """The version as a file. Money belongs to calls and is not in it."""
    return written(content_of(version))
