"""Casework's background work: thin, at least once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from procrastinate.contrib.django import app

from runde.foundation.jobs.api import task
from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence

from .operations.carry_out_order import carry_out_order
from .operations.fold_tallies import fold_tallies, forget_choices
from .operations.order_batch import ask_again_for_orders
from .operations.provisional import tell_waiting
from .operations.queue_letters import queue_missing_letters
from .operations.receipts import write_receipt
from .operations.tell_appellants import tell_appellants, write_interim_reply
from .operations.tell_letters_made import tell_letters_made
from .operations.tell_unread import tell_unread
from .operations.waiting_letters import write_waiting_letters
from .operations.write_letters import write_letters


@task("casework.write_letters")
def write(*, tenant_id: str, decision_ids: list[str], at: str) -> None:
    with fence(UUID(tenant_id)):
        write_letters(decision_ids=[UUID(one) for one in decision_ids], at=datetime.fromisoformat(at))


@task("casework.write_waiting_letters")
def write_waiting(*, tenant_id: str, reply_ids: list[str], at: str) -> None:
    with fence(UUID(tenant_id)):
        write_waiting_letters(reply_ids=[UUID(one) for one in reply_ids], at=datetime.fromisoformat(at))


@task("casework.write_receipt")
def write_a_receipt(*, tenant_id: str, step_id: str, at: str) -> None:
    with fence(UUID(tenant_id)):
        write_receipt(step_id=UUID(step_id), at=datetime.fromisoformat(at))


@task("casework.write_interim")
def write_an_interim(*, tenant_id: str, step_id: str, at: str) -> None:
    with fence(UUID(tenant_id)):
        write_interim_reply(step_id=UUID(step_id), at=datetime.fromisoformat(at))


@task("casework.carry_out_order")
def carry_out(*, tenant_id: str, order_id: str) -> None:
    with fence(UUID(tenant_id)):
        carry_out_order(order_id=UUID(order_id), at=datetime.now(UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(name="casework.missing_letters", queueing_lock="casework.missing_letters")
def ask_again(timestamp: int) -> None:
    """Every ten minutes: no decision stays without its letter, and no batch unsent, because a job was given up."""
    for tenant in list_tenants():
        with fence(tenant.id):
            queue_missing_letters(datetime.now(UTC))
            ask_again_for_orders(datetime.now(UTC))


@app.periodic(cron="*/2 * * * *")
@app.task(name="casework.letters_made", queueing_lock="casework.letters_made")
def tell_staff(timestamp: int) -> None:
    """Every other minute: whoever decided many cases at once learns that the last letter is made."""
    for tenant in list_tenants():
        with fence(tenant.id):
            tell_letters_made(at=datetime.now(UTC))


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
            tell_appellants(at=at)
            tell_unread(at=at)
