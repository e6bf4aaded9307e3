"""A municipality with a whole round behind it, made through the rooms' own doors, and committed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import override_settings

from runde.adapters.audit.api import Places
from runde.adapters.postgres import launcher
from runde.engine.reference.api import synthetic_account
from runde.foundation.journal import api as journal
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Decision,
    approve_proposal,
    list_cases,
    propose_as_checked,
    write_letters,
)
from runde.grants.payments import api as payments
from runde.grants.schemes.api import Call
from tests import database
from tests.factories import TenantFactory, a_call, a_submitted, an_actor

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RED = {"revenue_period": "780 000"}


class Round:
    """Where the round lies: its database, its tenant, and what is kept outside the database."""

    def __init__(self, name: str, tenant: UUID, places: Places) -> None:
        self.name, self.tenant, self.places = name, tenant, places

    def superuser(self) -> psycopg.Connection[Any]:
        """Past every wall, to do what no role of ours can."""
        connection = psycopg.connect(database.server().dsn(self.name, launcher.SUPERUSER))
        connection.execute("SET session_replication_role = replica")
        return connection

    def checker(self) -> psycopg.Connection[Any]:
        return psycopg.connect(database.server().dsn(self.name, launcher.CHECK))


@pytest.fixture(scope="module")
def finished(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Round]:
    name, outside = f"runde_audit_{uuid4().hex[:8]}", tmp_path_factory.mktemp("outside")
    places = Places(manifests=outside / "manifests", files=outside / "files")
    with (
        django_db_blocker.unblock(),
        database.clone(name),
        override_settings(MANIFESTS=places.manifests, FILES=places.files),
    ):
        tenant = TenantFactory.create(organisation_number="310000019").id
        with fence(tenant):
            run_round()
        journal.witness([tenant], at=AT)
        yield Round(name, tenant, places)
        database.close_connections()


def run_round() -> None:
    """Five granted and one refused: two sent, two sealed, one waiting."""
    call = a_call(at=AT)
    for number in range(5):
        a_submitted(call=call, at=AT, answers={"account_number": synthetic_account(number)})
    a_submitted(call=call, at=AT, answers=RED)
    decide(call, an_actor(Role.OFFICER, at=AT), an_actor(Role.APPROVER, at=AT))
    kari, ola = an_actor(Role.FINANCE, at=AT), an_actor(Role.FINANCE, at=AT)
    payments.set_payer_account(
        account_number="99999900018", bank_bic="TESTNOKKXXX", valid_from=date(2026, 1, 1), by=kari, at=AT
    )
    waiting = payments.list_due(on=date(2026, 12, 1)).payments
    first = pay([one.id for one in waiting[:2]], kari, ola)
    pay([one.id for one in waiting[2:4]], kari, ola)
    payments.bank_file_bytes(batch_id=first.id, by=kari, at=AT)
    payments.mark_sent(batch_id=first.id, by=kari, at=AT)


def decide(call: Call, officer: Actor, approver: Actor) -> None:
    cases = [case.id for case in list_cases(call.id)]
    proposal = propose_as_checked(case_ids=cases, by=officer, at=AT, declares_impartial=True)
    approve_proposal(proposal_id=proposal.id, key="k", by=approver, at=AT)
    write_letters(decision_ids=list(Decision.objects.values_list("id", flat=True)), at=AT)


def pay(payment_ids: list[UUID], kari: Actor, ola: Actor) -> payments.Batch:
    batch = payments.prepare_batch(payment_ids=payment_ids, execution_date=date(2026, 11, 24), by=kari, at=AT)
    payments.approve_batch(batch_id=batch.id, key=uuid4().hex, by=ola, at=AT)
    return batch
