"""What the public's pages do by the clock."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from runde.foundation.notices.api import forget_subscriptions

from .openings import tell_opened


@app.periodic(cron="*/5 * * * *")
@app.task(name="public.tell_opened", queueing_lock="public.tell_opened")
def tell(timestamp: int) -> None:
    """Every fifth minute: mail those who asked to hear of calls that have opened."""
    tell_opened(at=datetime.now(UTC))


@app.periodic(cron="30 3 * * *")
@app.task(name="public.forget_subscriptions", queueing_lock="public.forget_subscriptions")
def forget(timestamp: int) -> None:
    """Every night: delete wishes that nobody confirmed, and those that have done their duty."""
    forget_subscriptions(at=datetime.now(UTC))
