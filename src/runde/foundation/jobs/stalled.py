"""Jobs left at work by a process that was killed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from .queue import ATTEMPTS

SILENCE = timedelta(seconds=30)
"""A worker beats every ten seconds; after three missed beats it is taken for dead."""

STALLED = """
SELECT job.id, job.attempts FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < %s)
ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""


@dataclass(frozen=True, slots=True)
class Swept:
    """`again` goes back in the queue; `given_up` has been tried too often and needs a person."""

    again: int
    given_up: int


def sweep_stalled(*, at: datetime) -> Swept:
    """Put jobs whose worker has been silent for half a minute back in the queue.

    A worker that was only slow may still be at it, so the job may run twice: that is why every effect has a key.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STALLED, [at - SILENCE])
        found = cursor.fetchall()
        again = [job for job, attempts in found if attempts + 1 < ATTEMPTS]
        given_up = [job for job, attempts in found if attempts + 1 >= ATTEMPTS]
        cursor.execute(
            "SELECT procrastinate_retry_job_v2(id, %s, NULL, NULL, NULL) FROM unnest(%s::bigint[]) AS id",
            [at, again],
        )
        cursor.execute(
            "SELECT procrastinate_finish_job_v1(id, 'failed', false) FROM unnest(%s::bigint[]) AS id",
            [given_up],
        )
    return Swept(len(again), len(given_up))
