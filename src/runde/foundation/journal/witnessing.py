"""Tenants are each other's witnesses: each journal carries where all the others stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from runde.foundation.trust.api import fence

from .heads_file import append_heads
from .models import Head
from .operations import record


class StandingHead(NamedTuple):
    tenant_id: UUID
    chain: str
    seq: int
    hash: bytes


def witness(tenant_ids: Iterable[UUID], *, at: datetime) -> int:
    """Write every tenant's heads down outside the database, then in each other tenant's journal.

    The system acts, outside any fence. The file comes first: what it holds nobody with the database alone can
    change. Gives how many heads were witnessed.
    """
    tenants = sorted(set(tenant_ids))
    heads = [head for tenant_id in tenants for head in _heads_of(tenant_id)]
    if not heads:
        return 0
    append_heads(heads, at=at)
    for tenant_id in tenants:
        _tell(tenant_id, [head for head in heads if head.tenant_id != tenant_id], at)
    return len(heads)


def _heads_of(tenant_id: UUID) -> list[StandingHead]:
    with fence(tenant_id):
        rows = Head.objects.order_by("chain").values_list("chain", "seq", "hash")
        return [StandingHead(tenant_id, chain, seq, bytes(digest)) for chain, seq, digest in rows]


def _tell(tenant_id: UUID, others: Sequence[StandingHead], at: datetime) -> None:
    told: dict[str, dict[str, list[object]]] = {}
    for head in others:
        told.setdefault(str(head.tenant_id), {})[head.chain] = [head.seq, head.hash.hex()]
    if told:
        with fence(tenant_id):
            record(
                action="journal.witnessed",
                subject_kind="journal",
                subject_id="heads",
                by=None,
                at=at,
                heads=told,
            )
