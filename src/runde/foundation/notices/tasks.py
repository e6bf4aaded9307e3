"""Sending the outbox, in the background."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from runde.foundation.jobs.api import task
from runde.foundation.trust.api import fence

from .operations import send_due


@task("notices.send")
def send(*, tenant_id: str) -> None:
    """Send what is due in one tenant, a batch in each transaction, until nothing is."""
    while True:
        with fence(UUID(tenant_id)):
            tried = send_due(at=datetime.now(UTC))
        if not tried:
            return
