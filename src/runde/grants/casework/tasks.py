"""Casework's background work: thin, at least once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from runde.foundation.jobs.api import task
from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence

from .operations.fold_tallies import fold_tallies, forget_choices
from .operations.provisional import tell_waiting
from .operations.queue_letters import queue_missing_letters
from .operations.tell_unread import tell_unread
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


@app.periodic(cron="*/5 * * * *")
@app.task(name="casework.fold_tallies", queueing_lock="casework.fold_tallies")
def fold(timestamp: int) -> None:
    """Every five minutes: the counts stay few enough to add up at once, and old choices are forgotten."""
    for tenant in list_tenants():
        with fence(tenant.id):
            fold_tallies()
            forget_choices(at=datetime.now(UTC))


@app.periodic(cron="20 6,12 * * *")
@app.task(name="casework.keep_time", queueing_lock="casework.keep_time")
def keep_time(timestamp: int) -> None:
    """Twice a day: whoever waits too long is told why, and whoever has an unread decision is told once more.

    Twice, so that a morning without workers does not cost the applicant a day.
    """
    at = datetime.now(UTC)
    for tenant in list_tenants():
        with fence(tenant.id):
            tell_waiting(at=at)
            tell_unread(at=at)
