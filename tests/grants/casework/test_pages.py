"""What the officer's and approver's pages ask for: right, fenced, and as often with three cases as with one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from runde.engine.reference.api import Language
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, NotFound, Refused, new_id
from runde.grants.casework.api import (
    Case,
    Filters,
    HasInterest,
    Lane,
    Line,
    approve_proposal,
    cases_with_applications,
    counts_by_call,
    declare_impartiality,
    funding_preview,
    list_case_ids,
    list_cases,
    list_proposal_rows,
    overview,
    pending_grants,
    preview_letter,
    proposal_page,
    propose,
    propose_as_checked,
    read_case,
    worklist,
)
from tests.factories import a_source, a_submitted, an_actor

from .conftest import Office, an_office
from .weighing import PAST

pytestmark = pytest.mark.django_db
LIST_MOST, CASE_MOST = 12, 20
MARKS = {
    "nb": "Utkast. Vedtaket er ikke fattet.",
    "nn": "Utkast. Vedtaket er ikkje fatta.",
    "en": "Draft. No decision has been made.",
}


def statements(work: Callable[[], object]) -> int:
    work()  # what is kept in the process is kept now
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked.captured_queries)


def test_the_list_asks_a_fixed_number_of_times(office: Office) -> None:
    def look() -> object:
        return worklist(office.call.id, by=office.officer, at=office.at)

    office.green(1)
    first = statements(look)
    office.green(2)
    assert statements(look) == first <= LIST_MOST


def test_the_list_has_lanes_pages_and_search(office: Office) -> None:
    first, *others = office.green(3)
    office.yellow()
    office.red()
    page = worklist(office.call.id, by=office.officer, at=office.at, lane=Lane.GREEN, page=2, size=2)
    assert [row.case_id for row in page.rows] == [others[-1].id]
    assert (page.page, page.pages, page.total) == (2, 2, 3)
    assert {lane: pile.count for lane, pile in page.counts.lanes.items()} == {
        "green": 3,
        "yellow": 1,
        "red": 1,
    }
    assert page.counts.states["open"].count == 5
    assert counts_by_call() == {office.call.id: {"green": 3, "yellow": 1, "red": 1}}

    named = Filters(text=first.application.company_name)
    found = worklist(office.call.id, by=office.officer, at=office.at, filters=named)
    assert first.id in {row.case_id for row in found.rows}
    numbered = Filters(text=first.application.organisation_number)
    assert list_case_ids(office.call.id, at=office.at, filters=numbered) == [first.id]


def test_a_page_beyond_the_last_is_the_last(office: Office) -> None:
    office.green(1)
    assert worklist(office.call.id, by=office.officer, at=office.at, page=99).page == 1


def test_strangers_see_no_list(office: Office) -> None:
    with pytest.raises(NotAllowed):
        worklist(office.call.id, by=an_actor(Role.SECRETARY, at=office.at), at=office.at)


def test_a_case_page_asks_a_fixed_number_of_times(office: Office) -> None:
    first, second = office.green(2)
    asked = statements(lambda: read_case(case_id=first.id, by=office.officer, at=office.at))
    propose_as_checked(case_ids=[second.id], by=office.officer, at=office.at, declares_impartial=True)
    assert asked <= CASE_MOST
    assert statements(lambda: read_case(case_id=second.id, by=office.officer, at=office.at)) <= CASE_MOST


def test_a_case_tells_its_history_from_the_journal(office: Office) -> None:
    [case] = office.green(1)
    proposal = propose_as_checked(
        case_ids=[case.id], by=office.officer, at=office.at, declares_impartial=True
    )
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    page = read_case(case_id=case.id, by=office.approver, at=office.at)
    told = [moment.what.split(":")[0] for moment in page.history]
    assert told == [
        "Vedtak",
        "Kan behandle saken",
        "Forslag til vedtak",
        "Kan behandle saken",
        "Kontrollert mot kravene",
        "Søknaden er sendt inn",
    ]
    assert page.history[0].who == office.approver.name
    assert page.check.id == page.decisions[0].check_run_id


def test_a_declared_interest_shuts_the_page(office: Office) -> None:
    [case] = office.green(1)
    declare_impartiality(
        case_id=case.id, is_impartial=False, reason="Eier en del.", by=office.officer, at=office.at
    )
    with pytest.raises(HasInterest):
        read_case(case_id=case.id, by=office.officer, at=office.at)
    with pytest.raises(NotAllowed):
        preview_letter(case_id=case.id, by=office.officer, at=office.at)


def test_an_unknown_case_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        read_case(case_id=new_id(), by=office.officer, at=office.at)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_letter_before_the_decision_is_a_letter_in_the_applicants_language(
    office: Office, language: Language
) -> None:
    application = a_submitted(call=office.call, at=office.at, language=language)
    [case] = [one for one in list_cases(office.call.id) if one.application_id == application.id]
    content = preview_letter(case_id=case.id, by=office.officer, at=office.at)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert MARKS[language] in " ".join(text.split())


def test_a_case_to_be_weighed_has_a_letter_when_it_is_proposed(office: Office) -> None:
    case = office.yellow()
    with pytest.raises(Refused, match="må vurderes"):
        preview_letter(case_id=case.id, by=office.officer, at=office.at)
    line = Line(case.id, "granted", "discretion_granted", Decimal(40000), "Stengt i mai.", PAST)
    propose(lines=[line], by=office.officer, at=office.at, declares_impartial=True)
    assert preview_letter(case_id=case.id, by=office.approver, at=office.at).startswith(b"%PDF-")


def test_a_proposal_page_asks_a_fixed_number_of_times(office: Office) -> None:
    small = propose_as_checked(
        case_ids=[case.id for case in office.green(1)],
        by=office.officer,
        at=office.at,
        declares_impartial=True,
    )
    large = propose_as_checked(
        case_ids=[case.id for case in office.green(3)],
        by=office.officer,
        at=office.at,
        declares_impartial=True,
    )
    few = statements(lambda: proposal_page(small.id, by=office.approver, at=office.at))
    assert statements(lambda: proposal_page(large.id, by=office.approver, at=office.at)) == few


def test_a_proposal_page_shows_money_before_and_after_and_whom_it_loses(office: Office) -> None:
    first, second, third = office.green(3)
    proposal = propose_as_checked(
        case_ids=[first.id, second.id, third.id], by=office.officer, at=office.at, declares_impartial=True
    )
    declare_impartiality(
        case_id=third.id, is_impartial=False, reason="Eier en del.", by=office.approver, at=office.at
    )
    page = proposal_page(proposal.id, by=office.approver, at=office.at, leave_out=[second.id])
    each = first.recommended_nok or Decimal(0)
    assert (page.granted, page.refused, page.sum_nok) == (1, 0, each)
    assert [row.case.id for row in page.rows if row.will_fall_out] == [third.id]
    assert page.funding is not None
    [source] = page.funding.sources
    assert (source.free_nok, source.taken_nok) == (Decimal(10_000_000), each)
    assert source.left_nok == Decimal(10_000_000) - each

    approved = approve_proposal(
        proposal_id=proposal.id, leave_out=[second.id], key="k", by=office.approver, at=office.at
    )
    assert approved.sum_nok == page.sum_nok
    after = proposal_page(proposal.id, by=office.approver, at=office.at)
    assert [row.case.id for row in after.rows] == [first.id]
    assert after.decided_by == office.approver.name


def test_weighed_cases_are_told_as_deviations(office: Office) -> None:
    case = office.yellow()
    line = Line(case.id, "refused", "criteria_not_met")
    proposal = propose(lines=[line], by=office.officer, at=office.at, declares_impartial=True)
    page = proposal_page(proposal.id, by=office.approver, at=office.at)
    assert [row.case.id for row in page.deviating] == [case.id]


def test_the_preparer_and_others_are_told_why_not(office: Office) -> None:
    [case] = office.green(1)
    proposal = propose_as_checked(
        case_ids=[case.id], by=office.officer, at=office.at, declares_impartial=True
    )
    own = proposal_page(proposal.id, by=office.officer, at=office.at).why_not
    assert own.startswith("Du kan ikke godkjenne det du har forberedt selv.")
    auditor = an_actor(Role.AUDITOR, at=office.at)
    assert proposal_page(proposal.id, by=auditor, at=office.at).why_not.startswith("Det er godkjennere")
    assert proposal_page(proposal.id, by=office.approver, at=office.at).why_not == ""


def test_the_list_of_proposals_counts_and_sums(office: Office) -> None:
    cases = office.green(2)
    propose_as_checked(
        case_ids=[case.id for case in cases], by=office.officer, at=office.at, declares_impartial=True
    )
    [row] = list_proposal_rows(by=office.approver)
    assert (row.count, row.prepared_by) == (2, office.officer.name)
    assert row.sum_nok == sum(case.recommended_nok or Decimal(0) for case in cases)


def test_money_that_does_not_reach_is_said_before_anybody_presses(office: Office) -> None:
    poor = an_office(office.tenant, office.at, sources=(a_source(at=office.at, amount_nok=Decimal(1000)),))
    [case] = poor.green(1)
    amount = case.recommended_nok or Decimal(0)
    [with_application] = cases_with_applications([case.id])
    preview = funding_preview(poor.call, [(with_application, amount)], at=poor.at)
    assert preview.short.startswith("Det er ikke nok vedtatte penger.")
    assert [one.taken_nok for one in preview.sources] == [0]


def test_the_overview_follows_a_case_from_open_to_granted(office: Office) -> None:
    [case] = office.green(1)
    amount = case.recommended_nok or Decimal(0)
    before = overview(office.call, by=office.officer)
    assert (before.applied, before.recommended_nok, before.granted) == (1, amount, 0)
    proposal = propose_as_checked(
        case_ids=[case.id], by=office.officer, at=office.at, declares_impartial=True
    )
    assert [total for _case, total in pending_grants(office.call.id)] == [amount]
    approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    after = overview(office.call, by=office.officer)
    assert (after.granted, after.granted_nok) == (1, amount)
    assert after.left_nok == before.left_nok - amount
    assert pending_grants(office.call.id) == []
    assert Case.objects.get(id=case.id).state == Case.State.DECIDED
