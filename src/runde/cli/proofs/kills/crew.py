"""The clients: an applicant, an officer with an approver, two from finance, and a worker with the background jobs.

Each runs in a process of its own that may be killed at any moment. The next one in its place reads the logbook and
first sends again what was never answered.
"""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from django.db import InterfaceError, OperationalError, connection
from procrastinate.exceptions import ConnectorException

from runde.engine.reference.api import next_bank_day
from runde.foundation.jobs.api import run_pending, sweep_stalled
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, list_cases, list_proposals, propose_as_checked
from runde.grants.payments.api import Batch, list_batches, list_due, prepare_batch
from runde.grants.schemes.api import get_call

from ..ground import leave
from ..region import CALL, Town
from .acts import ACTS
from .logbook import Logbook

LOST_DATABASE = 3
"""The exit code of a client whose database went away: nothing wrong with the client."""
GATHERED = 3
WAITING_CASES = 12
LINUX_PR_SET_PDEATHSIG = 1


def run(role: str, town: Town, logbook: Logbook, complaints: Path) -> None:
    """The whole life of one client; never returns. What it says goes to the file `complaints`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGKILL)
    handle = os.open(complaints, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 2)
    try:
        send_again(town, logbook)
        while True:
            ROUNDS[role](town, logbook)
            time.sleep(0.005)
    except (OperationalError, InterfaceError, ConnectorException, psycopg.OperationalError):
        os._exit(LOST_DATABASE)


def send_again(town: Town, logbook: Logbook) -> None:
    """What was asked and never answered, with the same key."""
    for request in logbook.unanswered():
        logbook.told(request, ACTS[request.act](town, request))


def ask(town: Town, logbook: Logbook, act: str, **facts: str) -> None:
    request = logbook.intend(act, facts)
    logbook.told(request, ACTS[act](town, request))


def apply(town: Town, logbook: Logbook) -> None:
    """One more company applies, unless many cases wait already."""
    with fence(town.id):
        waiting = len(list_cases(get_call(CALL).id, state=Case.State.OPEN))
    company = _next_company(town, logbook)
    if company is None or waiting > WAITING_CASES:
        time.sleep(0.05)
        return
    ask(town, logbook, "submit", company=company)


def _next_company(town: Town, logbook: Logbook) -> str | None:
    """Who has not asked yet; a company asks once."""
    place = len(logbook.requests())
    return town.companies[place] if place < len(town.companies) else None


def decide(town: Town, logbook: Logbook) -> None:
    """Approve what waits; else lay a few cases before the approver."""
    at = datetime.now(UTC)
    with fence(town.id):
        waiting = [str(one.id) for one in list_proposals()]
        cases = [one.id for one in list_cases(get_call(CALL).id, state=Case.State.OPEN)][:GATHERED]
        if not waiting and cases:
            propose_as_checked(case_ids=cases, by=town.actor("officer", at), at=at, declares_impartial=True)
    _ask_for_each(town, logbook, "approve", proposal=waiting)


def pay(town: Town, logbook: Logbook) -> None:
    """Gather a few payments, release them, fetch the file, and say that it is sent."""
    at = datetime.now(UTC)
    with fence(town.id):
        by_state: dict[Batch.State, list[str]] = {state: [] for state in Batch.State}
        for row in list_batches():
            by_state[Batch.State(row.batch.state)].append(str(row.batch.id))
        day = (at + timedelta(days=40)).date()
        due = [one.id for one in list_due(on=day).payments][:GATHERED]
        if due and not by_state[Batch.State.PREPARED]:
            day = next_bank_day(day)
            prepare_batch(execution_date=day, payment_ids=due, by=town.actor("finance", at), at=at)
    _ask_for_each(town, logbook, "seal", batch=by_state[Batch.State.PREPARED])
    _ask_for_each(town, logbook, "fetch", batch=by_state[Batch.State.SEALED])
    _ask_for_each(town, logbook, "send", batch=by_state[Batch.State.SEALED])


def _ask_for_each(town: Town, logbook: Logbook, act: str, **things: Iterable[str]) -> None:
    for name, ids in things.items():
        for one in ids:
            ask(town, logbook, act, **{name: one})


def do_jobs(town: Town, logbook: Logbook) -> None:
    """The background jobs, with those that a killed worker left behind taken up first."""
    take_up()
    run_pending(concurrency=1)
    time.sleep(0.02 * random.random())  # noqa: S311 - only to come out of step


def take_up() -> None:
    """Put what a killed worker left behind back in the queue.

    No other worker runs, so nobody's silence needs to be waited for: the clock is put forward instead.
    """
    later = datetime.now(UTC) + timedelta(minutes=1)
    if sweep_stalled(at=later).again:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at = %s",
                [later],
            )


ROUNDS: dict[str, Callable[[Town, Logbook], None]] = {
    "applicant": apply,
    "casework": decide,
    "finance": pay,
    "jobs": do_jobs,
}


def finish(town: Town, logbooks: Iterable[Logbook]) -> list[int]:
    """In peace: everything unanswered is sent again, and every job that was interrupted is done.

    Gives how often each job was tried that Runde had given up, as it does after five tries: what takes hours in
    service takes seconds here. A person puts those back.
    """
    for logbook in logbooks:
        send_again(town, logbook)
    take_up()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL WHERE status = 'failed' "
            "RETURNING attempts"
        )
        given_up = [attempts for (attempts,) in cursor.fetchall()]
    do_jobs(town, Logbook(Path(os.devnull)))
    leave()
    return given_up
