"""Who has not opened a decision within a week of the notice, is told once more, and only once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from runde.foundation.journal.api import events_of
from runde.foundation.notices.api import send_due
from runde.foundation.notices.models import Notice
from runde.grants.casework.models import Case, Decision, DecisionReading
from runde.grants.casework.operations.approve_proposal import approve_proposal
from runde.grants.casework.operations.propose import propose_as_checked
from runde.grants.casework.operations.tell_unread import tell_unread

from .conftest import Office

A_WEEK = timedelta(days=7)


def decided(office: Office, cases: list[Case]) -> list[Decision]:
    proposal = propose_as_checked(
        case_ids=[one.id for one in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)
    return list(Decision.objects.filter(case__in=cases).order_by("case__ordinal"))


def again(decision: Decision) -> list[Notice]:
    return list(Notice.objects.filter(key=f"decision_again:{decision.id}"))


def test_after_a_week_and_a_day_once(office: Office) -> None:
    [decision] = decided(office, office.green())
    notified(office.at)
    assert tell_unread(at=office.at + A_WEEK) == 0
    later = office.at + A_WEEK + timedelta(days=1)
    assert tell_unread(at=later) == 1
    [notice] = again(decision)
    assert "ingen har lest svaret ennå" in notice.body
    assert "/o/" in notice.body
    assert tell_unread(at=later + A_WEEK) == 0
    told = [one.action for one in events_of([("case", decision.case_id)])]
    assert told.count("casework.told_again") == 1


def test_who_has_read_it_is_left_alone(office: Office) -> None:
    read, unread = decided(office, office.green(2))
    notified(office.at)
    DecisionReading.objects.create(
        decision=read, read_by=read.case.application.applicant_id, read_at=office.at
    )
    assert tell_unread(at=office.at + 2 * A_WEEK) == 1
    assert again(read) == []
    assert len(again(unread)) == 1


def test_what_never_left_is_not_told_again(office: Office) -> None:
    decided(office, office.green())
    assert tell_unread(at=office.at + 2 * A_WEEK) == 0


def test_many_cost_no_more_than_few(office: Office, django_assert_max_num_queries: Any) -> None:
    decided(office, office.green(3))
    notified(office.at)
    with django_assert_max_num_queries(25):
        assert tell_unread(at=office.at + 2 * A_WEEK) == 3


def notified(at: datetime) -> None:
    send_due(at=at)
