from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from runde.foundation.trust.api import NotFound
from runde.grants.schemes.api import Scheme, SchemeVersion

from ..domain.content import FORMAT, Content


def list_schemes() -> list[Scheme]:
    """The tenant's schemes, each with `versions.all()` at hand, the newest first. By address."""
    versions = SchemeVersion.objects.defer("rules", "legal_basis", "assumptions").order_by("-number")
    return list(Scheme.objects.order_by("slug").prefetch_related(Prefetch("versions", versions)))


def list_versions(scheme: Scheme) -> list[SchemeVersion]:
    """The scheme's versions with their forms, the newest first."""
    found = SchemeVersion.objects.filter(scheme=scheme).select_related("scheme", "form")
    return list(found.order_by("-number"))


def newest_version(scheme: Scheme) -> SchemeVersion | None:
    """The scheme's last version with its form; None before the first."""
    found = SchemeVersion.objects.filter(scheme=scheme).select_related("scheme", "form")
    return found.order_by("-number").first()


def get_version(version_id: UUID) -> SchemeVersion:
    """A published version of the tenant's, with scheme and form. Raises NotFound."""
    found = SchemeVersion.objects.select_related("scheme", "form").filter(id=version_id).first()
    if found is None:
        raise NotFound("Vi finner ikke denne versjonen av ordningen.")
    return found


def content_of(version: SchemeVersion) -> Content:
    """What was published, as "runde-scheme/1". Money belongs to calls, so `sources` is empty."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "slug": version.scheme.slug,
        "texts": version.texts,
        "rules": version.rules,
        "form": version.form.definition,
        "legal_basis": version.legal_basis,
        "assumptions": version.assumptions,
        "take_up": version.take_up,
        "sources": [],
    }
    return content
