from __future__ import annotations

from uuid import UUID

from .models import Organisation


def get_tenant(tenant_id: UUID) -> Organisation:
    return Organisation.objects.get(id=tenant_id, is_tenant=True)


def find_tenant(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug, is_tenant=True).first()


def list_tenants() -> list[Organisation]:
    """All tenants, in Norwegian order of names."""
    return list(Organisation.objects.filter(is_tenant=True))
