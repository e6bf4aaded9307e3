"""Two approvers press at once: one decides, the other is told; and no krone is used twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from runde.foundation.jobs.api import run_pending
from runde.foundation.ledger.api import balances
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import Refused, fence
from runde.grants.casework.api import (
    AlreadyHandled,
    Approved,
    CaseDecided,
    CaseMove,
    Check,
    Decision,
    NothingLeft,
    Proposal,
    TooLittleMoney,
    approve_proposal,
    letter_key,
    move_cases,
    propose_as_checked,
    run_check,
)
from tests.factories import TenantFactory, a_source, an_actor

from .conftest import Office, an_office
from .versions import a_version

pytestmark = pytest.mark.proof


def at_once(tenant_id: UUID, *acts: Callable[[], object]) -> list[object]:
    """What each act gives or is refused with, all let go at the same moment, each on a connection of its own."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            with fence(tenant_id):
                outcomes[place] = acts[place]()  # type: ignore[call-overload]
        except Refused as refusal:
            outcomes[place] = refusal  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def proposed(office: Office, count: int) -> Proposal:
    cases = office.green(count)
    return propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )


def approving(proposal: Proposal, by: Actor, at: datetime, key: str) -> Callable[[], object]:
    return lambda: approve_proposal(proposal_id=proposal.id, key=key, by=by, at=at)


def test_two_approvers_at_once_decide_once(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        other = an_actor(Role.APPROVER, at=at)
        proposal = proposed(office, 3)
    outcomes = at_once(
        tenant.id, approving(proposal, office.approver, at, "one"), approving(proposal, other, at, "two")
    )
    assert sum(isinstance(outcome, AlreadyHandled) for outcome in outcomes) == 1
    with fence(tenant.id):
        assert Decision.objects.count() == 3


def test_the_same_press_twice_at_once_gives_one_answer(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        proposal = proposed(office, 2)
    one, two = at_once(tenant.id, *[approving(proposal, office.approver, at, "same")] * 2)
    assert one == two
    with fence(tenant.id):
        assert Decision.objects.count() == 2


def test_two_proposals_cannot_both_use_the_last_money(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        source = a_source(at=at, amount_nok=Decimal(200_000))
        office = an_office(tenant, at, sources=(source,))
        first, second = proposed(office, 2), proposed(office, 2)
    outcomes = at_once(
        tenant.id, *[approving(one, office.approver, at, str(one.id)) for one in (first, second)]
    )
    assert sum(isinstance(outcome, TooLittleMoney) for outcome in outcomes) == 1
    with fence(tenant.id):
        assert Decision.objects.count() == 2
        assert balances([source.id])[source.id].available == Decimal(200_000 - 2 * 86_800)


def test_checking_and_approving_at_once_wait_in_the_same_order(fresh_database: str, at: datetime) -> None:
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        proposal = proposed(office, 1)
        case_id = proposal.lines.get().case_id
    checks = [lambda: run_check(case_id=case_id, by=office.officer, at=at)] * 3
    outcomes = at_once(tenant.id, approving(proposal, office.approver, at, "k"), *checks)
    decided = isinstance(outcomes[0], Approved)
    with fence(tenant.id):
        assert Decision.objects.count() == int(decided)
    assert decided or isinstance(outcomes[0], NothingLeft)
    assert all(isinstance(outcome, Check | CaseDecided) for outcome in outcomes[1:])


def test_moving_and_proposing_at_once_never_part_a_proposal_from_its_check(
    fresh_database: str, at: datetime
) -> None:
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        manager, ids = an_actor(Role.SCHEME_MANAGER, at=at), [case.id for case in office.green(3)]
        version = a_version(office.call, at, ceiling="50000")

    def move() -> object:
        return move_cases(
            call=office.call, version=version, case_ids=ids, key="m", reason="Nytt tak", by=manager, at=at
        )

    def propose() -> object:
        return propose_as_checked(case_ids=ids, by=office.officer, at=at, declares_impartial=True)

    one, again, proposal = at_once(tenant.id, move, move, propose)
    assert one == again
    assert isinstance(proposal, Proposal)
    with fence(tenant.id):
        moves = CaseMove.objects.count()
        amounts = set(proposal.lines.values_list("amount_nok", flat=True))
    assert (moves, amounts) in [(3, {Decimal(50_000)}), (0, {Decimal(86_800)})]


def test_letters_and_messages_leave_by_jobs(
    fresh_database: str, at: datetime, settings: Any, tmp_path: Path
) -> None:
    from runde.foundation.documents.api import find_document
    from runde.foundation.notices.api import Notice

    settings.FILES = tmp_path
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune")
    with fence(tenant.id):
        office = an_office(tenant, at)
        proposal = proposed(office, 3)
        approved = approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=at)
    ran = run_pending()
    assert ran.failed == 0
    with fence(tenant.id):
        assert all(find_document(letter_key(decision_id)) for decision_id in approved.decision_ids)
        assert Notice.objects.filter(key__startswith="decision:", state="sent").count() == 3
