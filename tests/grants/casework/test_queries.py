"""What the pages read: the right rows, in a fixed number of statements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.journal.models import Event
from runde.grants.casework.api import (
    Filters,
    HasInterest,
    approve_proposal,
    assign_cases,
    case_page,
    declare_impartiality,
    list_case_ids,
    list_proposal_rows,
    overview,
    proposal_page,
    propose_as_checked,
    read_case,
    worklist,
)

from .conftest import Office


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_worklist_takes_the_same_statements(
    office: Office, count: int, django_assert_num_queries: Any
) -> None:
    cases = office.green(count)
    assign_cases(case_ids=[cases[0].id], to=office.officer.person_id, by=office.officer, at=office.at)
    with django_assert_num_queries(3):
        page = worklist(office.call.id, by=office.officer, at=office.at, lane="green")
    assert [row.number for row in page.rows] == [case.number for case in cases]
    assert (page.total, page.pages, page.rows[0].assigned_to) == (count, 1, office.officer.name)
    assert page.counts.lanes["green"].recommended_nok == Decimal(count * 86_800)
    assert page.counts.states["open"].count == count


def test_the_worklist_is_paged_and_searched(office: Office) -> None:
    cases = office.green(12)
    numbers = [case.number for case in cases]
    page = worklist(office.call.id, by=office.officer, at=office.at, page=2, size=5)
    assert ([row.number for row in page.rows], page.pages) == (numbers[5:10], 3)
    beyond = worklist(office.call.id, by=office.officer, at=office.at, page=99, size=5)
    assert [row.number for row in beyond.rows] == numbers[10:]
    wanted = cases[3].application.organisation_number
    found = worklist(office.call.id, by=office.officer, at=office.at, filters=Filters(text=wanted))
    assert [row.number for row in found.rows] == [numbers[3]]
    assert list_case_ids(office.call.id, at=office.at, lane="green") == [case.id for case in cases]
    assert list_case_ids(office.call.id, at=office.at, filters=Filters(text="finnes ikke")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_cases_and_proposals_take_the_same_statements(
    office: Office, count: int, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    cases = office.green(count)
    with django_assert_max_num_queries(20):
        page = read_case(case_id=cases[0].id, by=office.officer, at=office.at)
    assert (page.verdict.lane, page.decisions, page.may_propose) == ("green", (), True)
    proposal = propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    with django_assert_num_queries(16):
        shown = proposal_page(proposal.id, by=office.approver, at=office.at)
    assert (shown.count, shown.sum_nok, shown.why_not) == (count, Decimal(count * 86_800), "")
    with django_assert_num_queries(2):
        assert [row.count for row in list_proposal_rows(by=office.approver)] == [count]
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    with django_assert_max_num_queries(20):
        page = case_page(cases[0].id, by=office.officer, at=office.at)
    assert [decision.amount_nok for decision in page.decisions] == [Decimal(86_800)]
    assert [award.amount_nok for award in page.awards] == [Decimal(86_800)]


def test_reading_a_case_leaves_a_trace(office: Office) -> None:
    [case] = office.green()
    read_case(case_id=case.id, by=office.officer, at=office.at)
    reading = Event.objects.get(chain="readings")
    assert (reading.actor_id, reading.subject_id) == (office.officer.person_id, str(case.id))


def test_a_case_is_closed_for_whom_has_an_interest(office: Office) -> None:
    [case] = office.green()
    declare_impartiality(
        case_id=case.id, is_impartial=False, reason="Eier en del", by=office.officer, at=office.at
    )
    with pytest.raises(HasInterest):
        read_case(case_id=case.id, by=office.officer, at=office.at)
    [row] = worklist(office.call.id, by=office.officer, at=office.at).rows
    assert row.has_interest


def test_proposing_and_approving_take_the_same_statements_for_one_and_for_many(office: Office) -> None:
    few, many = statements(office, 1), statements(office, 3)
    assert few == many
    assert sum(many) <= 130, "rooms that listen for decisions are counted too"


def statements(office: Office, count: int) -> tuple[int, int]:
    """How many it takes to propose, and to approve, so many cases."""
    ids = [case.id for case in office.green(count)]
    with CaptureQueriesContext(connection) as proposing:
        proposal = propose_as_checked(case_ids=ids, by=office.officer, at=office.at, declares_impartial=True)
    with CaptureQueriesContext(connection) as approving:
        approve_proposal(proposal_id=proposal.id, key=str(count), by=office.approver, at=office.at)
    return len(proposing), len(approving)


def test_the_overview_tells_what_is_granted_and_left(office: Office) -> None:
    greens, red = office.green(2), office.red()
    before = overview(office.call, by=office.officer)
    assert (before.granted, before.refused, before.granted_nok) == (0, 0, Decimal(0))
    proposal = propose_as_checked(
        case_ids=[case.id for case in [*greens, red]],
        by=office.officer,
        at=office.at,
        declares_impartial=True,
    )
    preview = proposal_page(proposal.id, by=office.approver, at=office.at).funding
    assert preview is not None
    assert [one.taken_nok for one in preview.sources] == [Decimal(2 * 86_800)]
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    after = overview(office.call, by=office.officer)
    assert (after.granted, after.refused, after.granted_nok) == (2, 1, Decimal(2 * 86_800))
    assert after.left_nok == Decimal(10_000_000 - 2 * 86_800)
    assert [one.granted_nok for one in after.sources] == [Decimal(2 * 86_800)]


def test_cases_are_given_to_an_officer(office: Office) -> None:
    cases = office.green(2)
    ids = [case.id for case in cases]
    act = assign_cases(case_ids=ids, to=office.officer.person_id, by=office.officer, at=office.at)
    assert len(act.changes) == 2
    again = assign_cases(case_ids=ids, to=office.officer.person_id, by=office.officer, at=office.at)
    assert (again.changes, again.facts["unchanged"]) == ([], 2)
