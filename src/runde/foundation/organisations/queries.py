from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import UUID

from runde.foundation.trust.api import fence_of

from .models import Organisation


def get_tenant(tenant_id: UUID) -> Organisation:
    return Organisation.objects.get(id=tenant_id, is_tenant=True)


def find_tenant(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug, is_tenant=True).first()


def inside_tenant(slug: str) -> AbstractContextManager[Organisation | None]:
    """The fence of the tenant with this address; None, and no fence, when there is none."""
    return fence_of(Organisation.objects.filter(slug=slug, is_tenant=True))


def list_tenants() -> list[Organisation]:
    """All tenants, in Norwegian order of names."""
    return list(Organisation.objects.filter(is_tenant=True))
