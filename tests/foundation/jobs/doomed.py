"""A task whose worker is killed the first time, and a way to run it in a process of its own."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from runde.foundation.jobs.api import task
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.trust.api import fence

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@task("tests.doomed")
def doomed(*, tenant_id: str, mark: str, where: str) -> None:
    """Leave one notice; die before or after the commit unless the mark tells that it has died before."""
    first = not Path(mark).exists()
    Path(mark).touch()
    with fence(UUID(tenant_id)):
        queue_notices([_notice(tenant_id)], at=AT)
        if first and where == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    if first and where == "after":
        os.kill(os.getpid(), signal.SIGKILL)


@task("tests.failing")
def failing(*, tenant_id: str) -> None:
    raise ValueError(tenant_id)


def _notice(tenant_id: str) -> Outgoing:
    return Outgoing(
        key="once",
        language="nb",
        subject="Hei",
        body="Hei",
        subject_kind="test",
        subject_id=UUID(tenant_id),
        email="kari@example.com",
    )
