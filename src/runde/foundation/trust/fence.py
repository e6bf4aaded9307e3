"""The tenant fence: one tenant's rows at a time, held both in Python and by the database.

In Python every query on fenced data needs a scope and raises without one. In the database a policy on every
fenced table compares `tenant_id` with a setting that lives no longer than the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.functions import Cast

from .errors import FenceCrossed, NoTenant

SETTING = "runde.tenant"
Row = TypeVar("Row", bound=models.Model)
_open: ContextVar[UUID | None] = ContextVar("open_fence", default=None)


@contextmanager
def fence(tenant_id: UUID) -> Iterator[None]:
    """Work inside one tenant, in one transaction. May be nested for the same tenant only."""
    outer = _outer(tenant_id)
    with transaction.atomic():
        _set(str(tenant_id))
        with _inside(tenant_id):
            yield
    if outer is None and connection.in_atomic_block:
        _set("")  # a surrounding transaction goes on: it must not inherit this tenant


@contextmanager
def fence_of(tenants: models.QuerySet[Row]) -> Iterator[Row | None]:
    """The fence of the one tenant in `tenants`, found and entered in one statement; None and no fence for none.

    As `fence`, for whoever comes by a tenant's address.
    """
    with transaction.atomic():
        tenant = tenants.annotate(entered=_Enter("pk")).first()
        if tenant is None:
            yield None
            return
        outer = _outer(tenant.pk)
        with _inside(tenant.pk):
            yield tenant
    if outer is None and connection.in_atomic_block:
        _set("")


class _Enter(models.Func):
    """Sets the row's key as the tenant of the transaction."""

    output_field = models.TextField()

    def __init__(self, key: str) -> None:
        super().__init__(
            models.Value(SETTING), Cast(key, models.TextField()), models.Value(True), function="set_config"
        )


def _outer(tenant_id: UUID) -> UUID | None:
    outer = _open.get()
    if outer is not None and outer != tenant_id:
        raise FenceCrossed(f"{tenant_id} inside {outer}")
    return outer


@contextmanager
def _inside(tenant_id: UUID) -> Iterator[None]:
    mark = _open.set(tenant_id)
    try:
        yield
    finally:
        _open.reset(mark)


def current_tenant() -> UUID:
    """The tenant of the fence we are inside; raises NoTenant outside."""
    tenant_id = _open.get()
    if tenant_id is None:
        raise NoTenant("No fence is open")
    return tenant_id


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
