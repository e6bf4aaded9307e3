"""The tenant fence: one tenant's rows at a time, held both in Python and by the database.

In Python every query on fenced data needs a scope and raises without one. In the database a policy on every
fenced table compares `tenant_id` with a setting that lives no longer than the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from .errors import FenceCrossed, NoTenant

SETTING = "runde.tenant"
_open: ContextVar[UUID | None] = ContextVar("open_fence", default=None)


@contextmanager
def fence(tenant_id: UUID) -> Iterator[None]:
    """Work inside one tenant, in one transaction. May be nested for the same tenant only."""
    outer = _open.get()
    if outer is not None and outer != tenant_id:
        raise FenceCrossed(f"{tenant_id} inside {outer}")
    with transaction.atomic():
        _set(str(tenant_id))
        mark = _open.set(tenant_id)
        try:
            yield
        finally:
            _open.reset(mark)
    if outer is None and connection.in_atomic_block:
        _set("")  # a surrounding transaction goes on: it must not inherit this tenant


def current_tenant() -> UUID:
    """The tenant of the fence we are inside; raises NoTenant outside."""
    tenant_id = _open.get()
    if tenant_id is None:
        raise NoTenant("No fence is open")
    return tenant_id


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
