"""What the worker does by itself: keep what is left of the money up to date where the public reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence

from .operations.announcing import refresh_announced_money


@app.periodic(cron="*/10 * * * *")
@app.task(name="schemes.refresh_announced_money", queueing_lock="schemes.refresh_announced_money")
def refresh_money(timestamp: int) -> None:
    """Every ten minutes: awards made meanwhile change what is left of the money."""
    for tenant in list_tenants():
        with fence(tenant.id):
            refresh_announced_money(at=datetime.now(UTC))
