"""Casework's background work: thin, at least once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runde.foundation.jobs.api import task
from runde.foundation.trust.api import fence

from .operations.write_letters import write_letters


@task("casework.write_letters")
def write(*, tenant_id: str, decision_ids: list[str], at: str) -> None:
    with fence(UUID(tenant_id)):
        write_letters(decision_ids=[UUID(one) for one in decision_ids], at=datetime.fromisoformat(at))
