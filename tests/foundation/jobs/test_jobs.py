"""Jobs live with the transaction, are run again when their worker is killed, and leave their effect once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from runde.foundation.jobs.api import Job, Ran, Swept, defer_in_transaction, run_pending, sweep_stalled
from runde.foundation.notices.api import Notice
from runde.foundation.trust.api import fence
from tests import database
from tests.foundation.jobs import doomed  # noqa: F401 - registers the tasks

WORKER = """
import django
django.setup()
from runde.foundation.jobs.api import run_pending
from tests.foundation.jobs import doomed
run_pending(concurrency=1)
"""


def states() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [status for (status,) in cursor.fetchall()]


def defer(tenant: UUID, task: str, **facts: Any) -> None:
    with fence(tenant):
        defer_in_transaction([Job(task, facts)])


def test_a_job_goes_with_its_transaction(fresh_database: str) -> None:
    tenant = uuid4()
    with fence(tenant):
        defer_in_transaction([Job("tests.failing", {})])
        assert states() == ["todo"]
        transaction.set_rollback(True)
    assert states() == []


def test_running_inside_a_transaction_is_refused(fresh_database: str) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        run_pending()


def test_everything_that_is_due_is_run_and_what_that_defers(fresh_database: str, tmp_path: Path) -> None:
    tenant = uuid4()
    (tmp_path / "mark").touch()
    defer(tenant, "tests.doomed", mark=str(tmp_path / "mark"), where="never")
    with fence(tenant):
        later = datetime.now(UTC) + timedelta(hours=1)
        defer_in_transaction([Job("tests.failing", {}, not_before=later)])
    assert run_pending() == Ran(succeeded=2, failed=0, waiting=1)
    with fence(tenant):
        assert [notice.state for notice in Notice.objects.all()] == ["sent"]


def test_a_failing_job_waits_for_its_next_try(fresh_database: str, caplog: Any) -> None:
    defer(uuid4(), "tests.failing")
    assert run_pending(concurrency=1) == Ran(succeeded=0, failed=0, waiting=1)
    assert states() == ["todo"]


@pytest.mark.proof
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_killed_job_is_run_again_and_its_effect_happens_once(
    fresh_database: str, tmp_path: Path, where: str
) -> None:
    tenant = uuid4()
    defer(tenant, "tests.doomed", mark=str(tmp_path / "mark"), where=where)
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WORKER],
        env=database.environment(fresh_database) | {"DJANGO_SETTINGS_MODULE": "runde.config.settings"},
        cwd=database.ROOT,
        check=False,
    )
    assert killed.returncode == -9
    assert states()[0] == "doing"
    now = datetime.now(UTC)
    assert sweep_stalled(at=now) == Swept(0, 0), "a worker that beat just now is left alone"
    assert sweep_stalled(at=now + timedelta(minutes=1)) == Swept(again=1, given_up=0)
    forget_schedule()
    run_pending()
    assert set(states()) == {"succeeded"}
    with fence(tenant):
        assert Notice.objects.count() == 1


def test_a_job_that_kills_its_worker_each_time_is_given_up(fresh_database: str) -> None:
    defer(uuid4(), "tests.failing")
    for _ in range(4):
        leave_at_work()
        assert sweep_stalled(at=datetime.now(UTC)) == Swept(again=1, given_up=0)
    leave_at_work()
    assert sweep_stalled(at=datetime.now(UTC)) == Swept(again=0, given_up=1)
    assert states() == ["failed"]


def leave_at_work() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")


def forget_schedule() -> None:
    """The sweep was told a time to come; the worker goes by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
