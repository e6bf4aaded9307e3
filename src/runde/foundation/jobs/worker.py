"""Running the queue: for ever beside the site, or until it is empty for a headless round."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

STATES = "SELECT status::text, count(*) FROM procrastinate_jobs WHERE id > %s GROUP BY status"
DUE = """
SELECT count(*) FROM procrastinate_jobs
WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
"""
LAST_DONE = "SELECT coalesce(min(id), 9223372036854775807) - 1 FROM procrastinate_jobs WHERE status = 'todo'"


@dataclass(frozen=True, slots=True)
class Ran:
    """How the jobs that waited have ended. `waiting` are those held back or to be tried again later."""

    succeeded: int
    failed: int
    waiting: int


def run_pending(*, concurrency: int | None = None) -> Ran:
    """Run everything that is due, and what that puts in the queue, in this process; then come back.

    `concurrency` is jobs at a time, one for each processor unless told. Must not be called inside a transaction:
    the jobs would not see what it has written.
    """
    if connection.in_atomic_block:
        raise RuntimeError("Jobs cannot be run inside a transaction")
    before = _number(LAST_DONE)
    while _number(DUE):
        _worker_app(periodic=False).run_worker(
            wait=False,
            concurrency=concurrency or _processors(),
            listen_notify=False,
            install_signal_handlers=False,
        )
    return _tally(before)


def run_worker(*, concurrency: int | None = None) -> None:
    """Run jobs as they come, with the periodic ones, until SIGTERM or SIGINT. What is at work is finished first."""
    _worker_app(periodic=True).run_worker(wait=True, concurrency=concurrency or _processors())


def _worker_app(*, periodic: bool) -> App:
    """The same tasks on a worker's own connection; the tasks themselves go on using Django's."""
    connector = DjangoConnector(alias="default").get_worker_connector()
    worker = App(connector=connector, worker_defaults={"task_middleware": [_leave_no_connection]})
    worker.tasks = app.tasks
    if periodic:
        worker.periodic_registry = app.periodic_registry
    return worker


def _leave_no_connection(call_next: Any, context: Any, worker: Any) -> Any:
    """Each job starts and ends without a connection: the worker's threads may die at any time."""
    connections.close_all()
    try:
        return call_next()
    finally:
        connections.close_all()


def _tally(before: int) -> Ran:
    with connection.cursor() as cursor:
        cursor.execute(STATES, [before])
        states: dict[str, int] = dict(cursor.fetchall())
    return Ran(states.get("succeeded", 0), states.get("failed", 0), states.get("todo", 0))


def _number(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def _processors() -> int:
    return os.cpu_count() or 1
