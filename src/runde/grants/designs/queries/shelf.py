from __future__ import annotations

from uuid import UUID

from ..models import SharedScheme


def list_shelf() -> list[SharedScheme]:
    """Every scheme shared in the region, by municipality and name; one's own too."""
    raise NotImplementedError


def get_shared(shared_id: UUID) -> SharedScheme:
    """Raises NotFound when it has been taken off the shelf."""
    raise NotImplementedError
