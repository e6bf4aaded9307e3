from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from runde.adapters.postgres import launcher
from runde.foundation.journal import api as journal
from runde.foundation.trust.api import fence
from tests import database

AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database for the whole file, since the checking role sees only what is committed."""
    name = f"runde_journal_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), database.clone(name):
        yield name
        database.close_connections()


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, settings: Any) -> Path:
    """The folder outside the database."""
    settings.MANIFESTS = tmp_path / "manifests"
    return tmp_path / "manifests"


def write_events(tenant: UUID, count: int, *, chain: journal.Chain = journal.Chain.EVENTS) -> None:
    happenings = [
        journal.Happening("test.done", "thing", uuid4(), {"number": n, "text": "æøå «»", "amount": "12.50"})
        for n in range(count)
    ]
    with fence(tenant):
        journal.record_many(happenings, by=uuid4(), at=AT, chain=chain)


def write_all(tenants: list[UUID], count: int = 5) -> None:
    for tenant in tenants:
        write_events(tenant, count)
    journal.witness(tenants, at=AT + timedelta(hours=1))


def as_superuser(name: str, *statements: str) -> None:
    """Past every wall: triggers asleep, policies passed."""
    with psycopg.connect(database.server().dsn(name, launcher.SUPERUSER)) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)
