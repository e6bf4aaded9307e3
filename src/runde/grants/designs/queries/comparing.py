from __future__ import annotations

from runde.grants.schemes.api import SchemeVersion

from ..domain.comparing import Change, compare_contents
from .versions import content_of


def compare_versions(old: SchemeVersion, new: SchemeVersion, language: str = "nb") -> tuple[Change, ...]:
    """What differs from one version to the other: rules, texts, form, legal basis and assumptions, in sentences."""
    return compare_contents(content_of(old), content_of(new), language)
