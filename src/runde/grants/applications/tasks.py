"""Applications' background work: thin, at least once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from runde.foundation.companies.api import fetch_companies
from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence

from .operations.await_register import tell_waiting, waiting_companies
from .operations.keep_drafts import delete_old_drafts, refresh_drafts, warn_drafts


@app.periodic(cron="10 5 * * *")
@app.task(name="applications.keep_drafts", queueing_lock="applications.keep_drafts")
def keep_drafts(timestamp: int) -> None:
    """Every morning: warn of drafts to be deleted, and delete those whose day has come."""
    _in_each_tenant(lambda at: warn_drafts(at=at))
    _in_each_tenant(lambda at: delete_old_drafts(at=at))


@app.periodic(cron="40 5 * * *")
@app.task(name="applications.refresh_drafts", queueing_lock="applications.refresh_drafts")
def refresh(timestamp: int) -> None:
    """Every morning, after the register has been read in: tell applicants what has changed about their company."""
    _in_each_tenant(lambda at: tell_waiting(at=at))
    _in_each_tenant(lambda at: refresh_drafts(at=at))


@app.periodic(cron="*/10 * * * *")
@app.task(name="applications.await_register", queueing_lock="applications.await_register")
def await_register(timestamp: int) -> None:
    """Every ten minutes: ask the register for companies with a draft that we know nothing or only old things of."""
    waiting: dict[str, None] = {}
    _in_each_tenant(lambda at: waiting.update(dict.fromkeys(waiting_companies(at=at))))
    answered = fetch_companies(
        waiting, at=datetime.now(UTC)
    )  # outside the fences: no transaction waits for it
    _in_each_tenant(lambda at: tell_waiting(at=at))
    if answered:
        _in_each_tenant(lambda at: refresh_drafts(at=at))


def _in_each_tenant(work: Callable[[datetime], object]) -> None:
    for tenant in list_tenants():
        with fence(tenant.id):
            work(datetime.now(UTC))
