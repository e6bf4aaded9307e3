"""Does the journal hold? Asked of the read-only role, across tenants, at one moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from .heads_file import WrittenHead, read_heads
from .models import Chain, Event
from .reading import chains_with_events, checker, stated_heads, stream_rows, told_by_tenants
from .verification import ChainReport, Witnessed, verify_chain

Place = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class PastEvent:
    """What happened to a subject, for those who may see it. `payload` is empty when it has been erased."""

    at: datetime
    actor_id: UUID | None
    action: str
    payload: Mapping[str, Any] = field(default_factory=dict)


def events_of(subjects: Iterable[tuple[str, UUID]]) -> list[PastEvent]:
    """Everything that has happened to these subjects (kind and id) in the open fence, newest first."""
    wanted = Q()
    for kind, subject_id in subjects:
        wanted |= Q(subject_kind=kind, subject_id=str(subject_id))
    rows = Event.objects.filter(wanted, chain=Chain.EVENTS).order_by("-seq")
    return [
        PastEvent(at, actor_id, action, json.loads(payload) if payload else {})
        for at, actor_id, action, payload in rows.values_list("at", "actor_id", "action", "payload")
    ]


def verify(tenant_id: UUID) -> list[ChainReport]:
    """Both chains of one tenant, held against what other tenants and the file outside have written down."""
    return [report for report in verify_all([tenant_id]) if report.tenant == str(tenant_id)]


def verify_all(tenant_ids: Iterable[UUID] | None = None) -> list[ChainReport]:
    """Every chain of the tenants, or of all that anybody knows of when None. Raises NoCheckRole.

    A chain that only a witness knows of is a fault: the journal is gone.
    """
    wanted = set(tenant_ids) if tenant_ids is not None else None
    with checker() as connection:
        heads, witnessed = stated_heads(connection), _witnessed(told_by_tenants(connection), read_heads())
        places = set(heads) | set(witnessed) | chains_with_events(connection)
        return [
            verify_chain(
                tenant=str(tenant_id),
                chain=chain,
                rows=stream_rows(connection, tenant_id, chain),
                head=heads.get((tenant_id, chain)),
                witnessed=witnessed.get((tenant_id, chain), []),
            )
            for tenant_id, chain in sorted(places, key=str)
            if wanted is None or tenant_id in wanted
        ]


def last_witnessed_at() -> str | None:
    """When heads were last written down outside the database, in ISO 8601; None when never."""
    heads = read_heads()
    return heads[-1].at if heads else None


def export_lines(tenant_id: UUID) -> Iterator[str]:
    """A tenant's whole journal as JSON lines: one line that says what it is, then every event of both chains.

    `tools/verify_journal.py` verifies it with nothing but Python's standard library.
    """
    yield json.dumps({"runde_journal": 1, "tenant": str(tenant_id)})
    with checker() as connection:
        for chain in ("events", "readings"):
            for row in stream_rows(connection, tenant_id, chain):
                texts = {
                    "chain": chain,
                    "seq": row.seq,
                    "at": row.at.decode(),
                    "actor": row.actor.decode(),
                    "action": row.action.decode(),
                    "subject_kind": row.subject_kind.decode(),
                    "subject_id": row.subject_id.decode(),
                    "payload": None if row.payload is None else row.payload.decode(),
                    "salt": None if row.salt is None else row.salt.hex(),
                    "payload_hash": row.payload_hash.hex(),
                    "previous_hash": row.previous_hash.hex(),
                    "hash": row.hash.hex(),
                    "format": row.format,
                }
                yield json.dumps(texts, ensure_ascii=False)


def _witnessed(
    told: Iterable[tuple[UUID, str, str]], written: Iterable[WrittenHead]
) -> Mapping[Place, list[Witnessed]]:
    """All heads held elsewhere, by the chain they speak of."""
    found: dict[Place, list[Witnessed]] = {}
    for head in written:
        one = Witnessed(head.seq, head.hash, f"fila utenfor databasen {head.at[:10]}")
        found.setdefault((head.tenant_id, head.chain), []).append(one)
    for teller, day, payload in told:
        for tenant, chain, seq, digest in _heads_in(payload):
            one = Witnessed(seq, digest, f"journalen til {teller} {day}")
            found.setdefault((tenant, chain), []).append(one)
    return found


def _heads_in(payload: str) -> Iterator[tuple[UUID, str, int, bytes]]:
    """The heads in a witness event. One that cannot be read is that journal's own fault, found when it is walked."""
    try:
        heads = json.loads(payload)["heads"]
        found = [
            (UUID(tenant), chain, int(seq), bytes.fromhex(digest))
            for tenant, chains in heads.items()
            for chain, (seq, digest) in chains.items()
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    yield from found
