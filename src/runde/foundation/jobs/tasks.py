"""What the worker does by itself."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from runde.foundation.journal.api import witness
from runde.foundation.organisations.api import list_tenants

from .stalled import sweep_stalled


@app.periodic(cron="* * * * *")
@app.task(name="jobs.sweep_stalled", queueing_lock="jobs.sweep_stalled")
def sweep(timestamp: int) -> None:
    """Every minute: take up what killed workers left. The launcher calls `sweep_stalled` too, lest this stall."""
    sweep_stalled(at=datetime.now(UTC))


@app.periodic(cron="0 4 * * *")
@app.task(name="jobs.witness_journals", queueing_lock="jobs.witness_journals")
def witness_journals(timestamp: int) -> None:
    """Every night: the tenants write down each other's journal heads, and a file outside the database does too."""
    witness([tenant.id for tenant in list_tenants()], at=datetime.now(UTC))
