from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from runde.foundation.trust.api import fence_of

from .models import Organisation

_entered: ContextVar[Organisation | None] = ContextVar("entered_tenant", default=None)


def get_tenant(tenant_id: UUID) -> Organisation:
    """The one whose fence was entered by its address is at hand already."""
    entered = _entered.get()
    if entered is not None and entered.id == tenant_id:
        return entered
    return Organisation.objects.get(id=tenant_id, is_tenant=True)


def find_tenant(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug, is_tenant=True).first()


@contextmanager
def inside_tenant(slug: str) -> Iterator[Organisation | None]:
    """The fence of the tenant with this address; None, and no fence, when there is none."""
    with fence_of(Organisation.objects.filter(slug=slug, is_tenant=True)) as tenant:
        mark = _entered.set(tenant)
        try:
            yield tenant
        finally:
            _entered.reset(mark)


def list_tenants() -> list[Organisation]:
    """All tenants, in Norwegian order of names."""
    return list(Organisation.objects.filter(is_tenant=True))
