from __future__ import annotations

from collections.abc import Sequence

from runde.grants.schemes.api import SchemeVersion

from ..models import Application


def load_versions(applications: Sequence[Application]) -> None:
    """Give each application its pinned scheme version with form at hand; one statement, none when all have it."""
    lacking = [one for one in applications if not Application.scheme_version.is_cached(one)]
    if not lacking:
        return
    wanted = {one.scheme_version_id for one in lacking}
    found = SchemeVersion.objects.filter(id__in=wanted).select_related("form")
    versions = {version.id: version for version in found}
    for one in lacking:
        one.scheme_version = versions[one.scheme_version_id]
