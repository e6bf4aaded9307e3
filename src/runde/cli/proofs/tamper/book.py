"""The journal's tables in the hands of somebody nothing stops: triggers asleep, policies passed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import psycopg

NOTHING = bytes(32)
Place = tuple[UUID, str]
"""A tenant and the name of one of its chains."""


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the journal, all columns."""

    id: UUID
    tenant_id: UUID
    chain: str
    seq: int
    at: datetime
    actor_id: UUID | None
    action: str
    subject_kind: str
    subject_id: str
    payload: str | None
    salt: bytes | None
    payload_hash: bytes
    previous_hash: bytes
    hash: bytes
    format: int


COLUMNS = ", ".join(field.name for field in fields(Event))
INSERT = f"INSERT INTO journal_event ({COLUMNS}) VALUES ({', '.join(f'%({f.name})s' for f in fields(Event))})"  # noqa: S608
KEEP = """
CREATE TABLE IF NOT EXISTS proof_kept_event AS TABLE journal_event;
CREATE TABLE IF NOT EXISTS proof_kept_head AS TABLE journal_head
"""
PUT_BACK = """
TRUNCATE journal_event, journal_head;
INSERT INTO journal_event SELECT * FROM proof_kept_event;
INSERT INTO journal_head SELECT * FROM proof_kept_head
"""


class Book:
    """Reads and rewrites chains. Everything is committed at once, as the verifier sees only that."""

    def __init__(self, dsn: str) -> None:
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._connection.execute("SET session_replication_role = replica")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def keep(self) -> None:
        """Remember the journal as it stands now."""
        self._connection.execute(KEEP)

    def put_back(self) -> None:
        with self._connection.transaction():
            self._connection.execute(PUT_BACK)

    def read(self, place: Place) -> list[Event]:
        rows = self._connection.execute(
            f"SELECT {COLUMNS} FROM journal_event WHERE tenant_id = %s AND chain = %s ORDER BY seq",  # noqa: S608
            place,
        )
        return [Event(*row) for row in rows]

    def rewrite(self, place: Place, events: Sequence[Event], *, move_head: bool = True) -> None:
        """Let the chain consist of these events and nothing else; with `move_head` its head fits."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_event WHERE tenant_id = %s AND chain = %s", place)
            cursor.executemany(INSERT, [asdict(event) for event in events])
            if move_head and events:
                cursor.execute(
                    "UPDATE journal_head SET seq = %s, hash = %s WHERE tenant_id = %s AND chain = %s",
                    (events[-1].seq, events[-1].hash, *place),
                )
            elif move_head:
                cursor.execute("DELETE FROM journal_head WHERE tenant_id = %s AND chain = %s", place)


def made_anew(events: Iterable[Event]) -> list[Event]:
    """The same events numbered from one, every hash computed again. Written apart from Runde's own code."""
    previous, anew = NOTHING, []
    for seq, event in enumerate(events, start=1):
        digest = event.payload_hash
        if event.payload is not None and event.salt is not None:
            digest = _sha256(b"runde-payload-1", event.salt, event.payload.encode())
        event = replace(event, seq=seq, payload_hash=digest, previous_hash=previous)
        previous = _link(event)
        anew.append(replace(event, hash=previous))
    return anew


def _link(event: Event) -> bytes:
    moment = event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    actor = str(event.actor_id) if event.actor_id else ""
    words: list[Any] = [event.tenant_id, event.chain, event.seq, moment, actor]
    words += [event.action, event.subject_kind, event.subject_id]
    texts = [str(word).encode() for word in words]
    return _sha256(b"runde-journal-1", *texts, event.payload_hash, event.previous_hash)


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()
