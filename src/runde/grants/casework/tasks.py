"""Casework's background work: thin, at least once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from runde.foundation.jobs.api import task
from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence

from .operations.queue_letters import queue_missing_letters
from .operations.write_letters import write_letters


@task("casework.write_letters")
def write(*, tenant_id: str, decision_ids: list[str], at: str) -> None:
    with fence(UUID(tenant_id)):
        write_letters(decision_ids=[UUID(one) for one in decision_ids], at=datetime.fromisoformat(at))


@app.periodic(cron="*/10 * * * *")
@app.task(name="casework.missing_letters", queueing_lock="casework.missing_letters")
def ask_again(timestamp: int) -> None:
    """Every ten minutes: no decision stays without its letter because a job was given up."""
    for tenant in list_tenants():
        with fence(tenant.id):
            queue_missing_letters(datetime.now(UTC))
