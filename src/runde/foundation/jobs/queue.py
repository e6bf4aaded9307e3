"""Jobs that live and die with the transaction they are asked for in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procrastinate import RetryStrategy, jobs, manager
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from runde.foundation.trust.api import current_tenant

ATTEMPTS = 5
QUEUE = "default"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: the task's name and its plain values (text, numbers, lists). The tenant is added.

    `not_before` holds it back until then.
    """

    task: str
    facts: Mapping[str, Any]
    not_before: datetime | None = None


def task(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the task `name`. It may run more than once: each effect needs a key of its own.

    It is handed `tenant_id` (text) and the job's facts, and opens the fence itself. After a failure it is
    tried again, each time later, until it has been tried five times.
    """
    strategy = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4)

    def register(function: Callable[..., None]) -> Callable[..., None]:
        app.task(name=name, queue=QUEUE, retry=strategy)(function)
        return function

    return register


def defer_in_transaction(queued: Sequence[Job]) -> None:
    """Put jobs in the queue, in one statement, as part of the open transaction and fence.

    Always on Django's own connection: inside a worker the task's own way would use the worker's connection and
    leave the transaction.
    """
    if not queued:
        return
    tenant = str(current_tenant())
    queue = manager.JobManager(connector=DjangoConnector(alias="default"))
    queue.batch_defer_jobs([_as_queued(job, tenant) for job in queued])


def _as_queued(job: Job, tenant: str) -> jobs.Job:
    return jobs.Job(
        queue=QUEUE,
        lock=None,
        queueing_lock=None,
        task_name=job.task,
        task_kwargs={"tenant_id": tenant, **job.facts},
        scheduled_at=job.not_before,
    )
