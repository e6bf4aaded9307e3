from __future__ import annotations

from uuid import UUID

from runde.grants.schemes.api import Scheme, SchemeVersion


def list_schemes() -> list[Scheme]:
    """The tenant's schemes with their versions at hand, by name of address."""
    raise NotImplementedError


def list_versions(scheme: Scheme) -> list[SchemeVersion]:
    """The scheme's versions with their forms, the newest first."""
    raise NotImplementedError


def get_version(version_id: UUID) -> SchemeVersion:
    """A published version of the tenant's, with scheme and form. Raises NotFound."""
    raise NotImplementedError
