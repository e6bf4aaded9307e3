from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from runde.foundation.trust.api import current_tenant, new_id, rows_as_json

from .links import FORMAT, NOTHING, link_hash, payload_hash
from .models import Chain, Event, Head


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to one subject."""

    action: str
    subject_kind: str
    subject_id: UUID | str
    payload: Mapping[str, Any] = field(default_factory=dict)


def record(
    *, action: str, subject_kind: str, subject_id: UUID | str, by: UUID | None, at: datetime, **payload: Any
) -> None:
    """Write one event in the open fence's journal, in the caller's transaction."""
    record_many([Happening(action, subject_kind, subject_id, payload)], by=by, at=at)


def record_reading(*, subject_kind: str, subject_id: UUID | str, by: UUID, at: datetime) -> None:
    """Write that a person has read a case or a file."""
    record_many([Happening("read", subject_kind, subject_id)], by=by, at=at, chain=Chain.READINGS)


def record_many(
    happenings: Sequence[Happening], *, by: UUID | None, at: datetime, chain: Chain = Chain.EVENTS
) -> None:
    """Write several events in order. `by` is None when the system itself acts."""
    if not happenings:
        return
    head = _hold_head(chain)
    events = []
    for happening in happenings:
        event = _link(happening, head, by=by, at=at)
        head.seq, head.hash = event.seq, event.hash
        events.append(event)
    _write(events, head)


WRITE = """
WITH written AS (
    INSERT INTO journal_event (id, tenant_id, chain, at, actor_id, format, seq, action, subject_kind, subject_id,
        payload, salt, payload_hash, previous_hash, hash)
    SELECT new.id, %s, %s, %s, %s, %s, new.seq, new.action, new.subject_kind, new.subject_id, new.payload, new.salt,
        new.payload_hash, new.previous_hash, new.hash
    FROM json_to_recordset(%s::json) AS new(id uuid, seq bigint, action text, subject_kind text, subject_id text,
        payload text, salt bytea, payload_hash bytea, previous_hash bytea, hash bytea)
)
UPDATE journal_head SET seq = %s, hash = %s WHERE tenant_id = %s AND id = %s
"""
VARYING = (
    "id",
    "seq",
    "action",
    "subject_kind",
    "subject_id",
    "payload",
    "salt",
    "payload_hash",
    "previous_hash",
    "hash",
)


def _write(events: Sequence[Event], head: Head) -> None:
    """One statement for all events and the head: every room writes here, so it is worth being quick."""
    first = events[0]
    shared: list[Any] = [current_tenant(), first.chain, first.at, first.actor_id, FORMAT]
    rows = rows_as_json([{name: getattr(event, name) for name in VARYING} for event in events])
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [*shared, rows, head.seq, bytes(head.hash), current_tenant(), head.id])


def canonical(payload: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces; amounts, dates and ids as text."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _hold_head(chain: Chain) -> Head:
    """Lock the chain's last link, making it when this is the tenant's first event."""
    standing = Head.objects.select_for_update().filter(chain=chain).first()
    if standing is not None:
        return standing
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_head (id, tenant_id, chain, seq, hash) VALUES (%s, %s, %s, 0, %s) "
            "ON CONFLICT (tenant_id, chain) DO NOTHING",
            [new_id(), current_tenant(), chain, NOTHING],
        )
    return Head.objects.select_for_update().get(chain=chain)


def _link(happening: Happening, head: Head, *, by: UUID | None, at: datetime) -> Event:
    salt, payload = os.urandom(16), canonical(happening.payload)
    digest, tenant_id, previous = payload_hash(salt, payload), current_tenant(), bytes(head.hash)
    return Event(
        chain=head.chain,
        seq=head.seq + 1,
        at=at,
        actor_id=by,
        action=happening.action,
        subject_kind=happening.subject_kind,
        subject_id=str(happening.subject_id),
        payload=payload,
        salt=salt,
        payload_hash=digest,
        previous_hash=previous,
        format=FORMAT,
        hash=link_hash(
            tenant=str(tenant_id),
            chain=head.chain,
            seq=head.seq + 1,
            at=at,
            actor=str(by) if by else "",
            action=happening.action,
            subject_kind=happening.subject_kind,
            subject_id=str(happening.subject_id),
            payload_digest=digest,
            previous=previous,
        ),
    )
