from __future__ import annotations

from uuid import UUID

from runde.engine.reference.api import sort_key
from runde.foundation.trust.api import NotFound

from ..models import SharedScheme


def list_shelf() -> list[SharedScheme]:
    """Every scheme shared in the region, in Norwegian order of municipality and name; one's own too.

    Lists show `texts`; `content` is read when asked for, one scheme at a time.
    """
    found = SharedScheme.objects.defer("content")
    return sorted(
        found, key=lambda one: (sort_key(one.tenant_name), sort_key(one.texts["name"]["nb"]), one.id)
    )


def get_shared(shared_id: UUID) -> SharedScheme:
    """Raises NotFound when it has been taken off the shelf."""
    found = SharedScheme.objects.filter(id=shared_id).first()
    if found is None:
        raise NotFound("Ordningen ligger ikke lenger på hylla. Den som delte den, kan ha tatt den bort.")
    return found
