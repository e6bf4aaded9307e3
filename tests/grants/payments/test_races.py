"""Two officers press at once; processes die between the steps. One file, or none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from runde.foundation.ledger import api as ledger
from runde.foundation.trust.api import Refused, fence
from runde.grants.payments import api as payments
from runde.grants.payments.manifest import SEALING, manifest_path, read_lines
from runde.grants.payments.models import BankFile, Batch, BatchLine, SealedPayment
from tests import database

from .conftest import Town, build_town, found_municipality

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    name = f"runde_payments_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), database.clone(name):
        yield name
        database.close_connections()


def a_town(*amounts: int) -> Town:
    """A municipality of one's own, committed."""
    tenant = found_municipality()
    with fence(tenant):
        made = build_town(AT)
        made.decide(*amounts)
    return made


@pytest.fixture
def town(ground: str) -> Town:
    return a_town(120, 230, 340)


def together(acts: list[Callable[[], object]]) -> list[object]:
    """Start all at once; a refusal is an answer."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def approve_as(town: Town, batch: Batch, name: str, key: str) -> Callable[[], object]:
    def act() -> object:
        with fence(town.tenant_id):
            return town.approve(batch, by=name, key=key).id

    return act


def prepared(town: Town) -> Batch:
    with fence(town.tenant_id):
        return town.prepare()


def test_two_officers_at_once_make_one_file(town: Town) -> None:
    batch = prepared(town)
    answers = together(
        [approve_as(town, batch, name, uuid4().hex) for name in ("ola", "approver", "ola", "approver")]
    )
    assert len([one for one in answers if isinstance(one, UUID)]) == 1
    assert all(isinstance(one, payments.BatchHandled) for one in answers if not isinstance(one, UUID))
    with fence(town.tenant_id):
        assert (BankFile.objects.count(), SealedPayment.objects.count()) == (1, 3)


def test_one_officer_pressing_many_times_gets_one_file(town: Town) -> None:
    batch = prepared(town)
    answers = together([approve_as(town, batch, "ola", "one key")] * 6)
    assert len(set(map(str, answers))) == 1
    assert isinstance(answers[0], UUID)


def test_two_who_prepare_at_once_never_share_a_payment(town: Town) -> None:
    def prepare() -> object:
        with fence(town.tenant_id):
            return town.prepare().id

    answers = together([prepare] * 4)
    assert sorted(type(one).__name__ for one in answers) == ["NothingToPay"] * 3 + ["UUID"]
    with fence(town.tenant_id):
        assert BatchLine.objects.filter(is_live=True).count() == 3


def test_sent_twice_at_once_is_booked_once(town: Town) -> None:
    batch = prepared(town)
    approve_as(town, batch, "ola", "k")()

    def send() -> object:
        with fence(town.tenant_id):
            payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=AT)
        return "sent"

    answers = together([send] * 4)
    assert [type(one) for one in answers].count(payments.BatchHandled) == 3
    with fence(town.tenant_id):
        assert sum(one.paid for one in ledger.balances(town.sources).values()) == 690


def test_returned_and_approved_at_once_is_one_of_them(town: Town) -> None:
    batch = prepared(town)

    def give_back() -> object:
        with fence(town.tenant_id):
            payments.return_batch(batch_id=batch.id, reason="Nei", by=town.actors["approver"], at=AT)
        return "returned"

    answers = together([approve_as(town, batch, "ola", "k"), give_back])
    assert len([one for one in answers if isinstance(one, Refused)]) == 1
    with fence(town.tenant_id):
        state = Batch.objects.get(id=batch.id).state
        assert BankFile.objects.exists() == (state == Batch.State.SEALED)
        assert BatchLine.objects.filter(is_live=True).exists() == (state == Batch.State.SEALED)


# Each step of sealing and sending, by the function whose return is the last thing the process does.
STEPS = {
    "approved, not written": "runde.grants.payments.operations.approve_batch.approve",
    "written, not stored": "runde.grants.payments.operations.approve_batch.write_file",
    "stored, not booked": "runde.grants.payments.operations.approve_batch.shares_of",
    "booked, not in the manifest": "runde.grants.payments.operations.approve_batch.record",
    "in the manifest, not committed": "runde.grants.payments.manifest.append_line",
}
# One process sets Django up; for each step it forks a child that takes the step and is killed right after.
DYING = """
import json, os, signal, sys
import django
django.setup()
from datetime import datetime
from importlib import import_module
from pathlib import Path
from uuid import UUID
from django.conf import settings
settings.MANIFESTS = Path(sys.argv[1])
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from runde.grants.payments import api as payments

def approve_until(tenant, batch, person, place):
    module, name = place.rsplit(".", 1)
    module = import_module(module)
    step = getattr(module, name)
    def and_die(*args, **kwargs):
        step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, and_die)
    actor = Actor(UUID(person), "Ola", frozenset({Role.FINANCE}))
    at = datetime.fromisoformat("2026-11-23T10:00:00+00:00")
    with fence(UUID(tenant)):
        payments.approve_batch(batch_id=UUID(batch), key="k", by=actor, at=at)

for case in json.loads(sys.argv[2]):
    child = os.fork()
    if not child:
        approve_until(*case)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_death_between_two_steps_leaves_nothing_half_done(ground: str, manifests: Path) -> None:
    towns = {step: a_town(120, 230, 340) for step in STEPS}
    batches = {step: prepared(one) for step, one in towns.items()}
    cases = [
        [str(one.tenant_id), str(batches[step].id), str(one.actors["ola"].person_id), STEPS[step]]
        for step, one in towns.items()
    ]
    settings_module = {"DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    died = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DYING, str(manifests), json.dumps(cases)],
        env={**database.environment(ground), **settings_module},
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.stdout.split() == [str(-signal.SIGKILL)] * len(STEPS), died.stderr
    for step, one in towns.items():
        with fence(one.tenant_id):
            assert_untouched(one, in_manifest=step.startswith("in the manifest"))
        with fence(one.tenant_id):
            file = one.approve(batches[step], key="k")
            assert file.sum_nok == 690
            assert one.bytes_of(batches[step]) == bytes(file.content)


def assert_untouched(town: Town, *, in_manifest: bool) -> None:
    assert (BankFile.objects.count(), SealedPayment.objects.count()) == (0, 0)
    assert Batch.objects.get().state == Batch.State.PREPARED
    assert sum(one.in_bank_file for one in ledger.balances(town.sources).values()) == 0
    assert [line.event for line in read_lines(manifest_path())] == ([SEALING] if in_manifest else [])
