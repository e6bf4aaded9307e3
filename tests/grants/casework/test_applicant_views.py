"""Many cases cost as many statements as one; who may not follow a case does not see it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.people.api import Actor, get_actor, get_person
from runde.foundation.trust.api import NotAllowed
from runde.grants.casework.models import Case, Decision
from runde.grants.casework.operations.approve_proposal import approve_proposal
from runde.grants.casework.operations.propose import propose_as_checked
from runde.grants.casework.queries.applicant_view import applicant_view, applicant_views
from runde.grants.casework.queries.cases import get_case
from tests.factories import an_applicant

from .conftest import Office

MOST = 20


def everybody(cases: Sequence[Case]) -> Actor:
    """One person who acts for every company."""
    numbers = frozenset(case.organisation_number for case in cases)
    person = get_person(get_case(cases[0].id).application.applicant_id)
    found = get_actor(person, on=cases[0].opened_at.date())
    return Actor(found.person_id, found.name, companies=numbers, vouched=numbers)


def statements(cases: Sequence[Case], by: Actor, office: Office) -> int:
    whole = [get_case(case.id) for case in cases]
    with CaptureQueriesContext(connection) as ran:
        found = applicant_views(whole, by, office.at)
    assert list(found) == [case.id for case in whole]
    return len(ran)


def decide(office: Office, cases: Sequence[Case]) -> None:
    proposal = propose_as_checked(
        case_ids=[one.id for one in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    approve_proposal(proposal_id=proposal.id, key=str(proposal.id), by=office.approver, at=office.at)


@pytest.mark.parametrize("is_decided", [False, True], ids=["waiting", "decided"])
def test_three_cost_what_one_does(office: Office, is_decided: bool) -> None:
    cases = office.green(3)
    if is_decided:
        decide(office, cases)
        assert Decision.objects.count() == 3
    by = everybody(cases)
    assert statements(cases[:1], by, office) == statements(cases, by, office) <= MOST


def test_each_is_what_its_own_page_shows(office: Office) -> None:
    cases = office.green(3)
    decide(office, cases[:1])
    by = everybody(cases)
    whole = [get_case(case.id) for case in cases]
    many = applicant_views(whole, by, office.at)
    for case in whole:
        assert many[case.id] == applicant_view(get_case(case.id), by, office.at)


def test_one_who_may_not_follow_sees_nothing(office: Office) -> None:
    [case] = office.green()
    stranger = an_applicant(at=office.at)
    assert applicant_views([get_case(case.id)], stranger, office.at) == {}
    with pytest.raises(NotAllowed):
        applicant_view(get_case(case.id), stranger, office.at)
