"""After sending: words both ways, the clock, the answer read, accepted or not, and appealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.journal.models import Event
from runde.foundation.ledger.api import of_case
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Actor, get_actor, get_person
from runde.foundation.trust.api import NotAllowed, Refused
from runde.grants.aid.api import AidAward, list_awards
from runde.grants.casework import api as casework
from runde.grants.casework.api import Case, Decision, Line, Stage, get_case
from runde.grants.payments.api import Payment
from runde.grants.schemes.api import CallTerms
from tests.factories import a_call, an_applicant

from .conftest import Office

A_DAY = timedelta(days=1)


def applicant(case: Case) -> Actor:
    return get_actor(get_person(case.application.applicant_id), on=date(2026, 11, 23))


def say(case: Case, by: Actor, at: datetime, text: str = "Hei.", **more: Any) -> casework.Message:
    theirs = not by.roles
    draft = casework.draft_message(case_id=case.id, by=by, at=at, from_applicant=theirs)
    return casework.send_message(message_id=draft.id, text=text, by=by, at=at, **more)


def ask(office: Office, case: Case, at: datetime | None = None, days: int = 7) -> casework.InformationRequest:
    at = at or office.at
    return casework.ask_information(
        case_id=case.id,
        text="Hvor mange ansatte?",
        due_date=at.date() + days * A_DAY,
        by=office.officer,
        at=at,
    )


def decide(office: Office, case: Case) -> Decision:
    proposal = casework.propose_as_checked(
        case_ids=[case.id], by=office.officer, at=office.at, declares_impartial=True
    )
    casework.approve_proposal(proposal_id=proposal.id, key=str(case.id), by=office.approver, at=office.at)
    return Decision.objects.get(case=case)


def to_accept(office: Office) -> tuple[Case, Decision]:
    terms = CallTerms(needs_acceptance=True, acceptance_days=14, report_due_days=180)
    office = replace(
        office, call=a_call(at=office.at, terms=terms, scheme_version=office.call.scheme_version)
    )
    case = get_case(office.green()[0].id)
    return case, decide(office, case)


def view(case: Case, at: datetime) -> casework.ApplicantView:
    return casework.applicant_view(get_case(case.id), applicant(case), at)


def test_what_the_municipality_writes_is_told_once_and_read_by_the_other_side(office: Office) -> None:
    case = get_case(office.green()[0].id)
    before = Notice.objects.count()
    say(case, office.officer, office.at, "Vi har begynt.")
    say(case, applicant(case), office.at, "Takk.")
    assert Notice.objects.count() == before + 1
    assert view(case, office.at).unread == 1
    assert casework.read_messages(case_id=case.id, by=applicant(case), at=office.at, as_applicant=True) == 1
    shown = view(case, office.at)
    assert shown.unread == 0
    assert [one.message.text for one in shown.messages] == ["Vi har begynt.", "Takk."]


def test_a_message_is_sent_once_by_who_wrote_it(office: Office) -> None:
    case = get_case(office.green()[0].id)
    sent = say(case, applicant(case), office.at)
    with pytest.raises(casework.NotWaiting):
        casework.send_message(message_id=sent.id, text="Igjen", by=applicant(case), at=office.at)
    with pytest.raises(casework.Unsaid):
        say(case, applicant(case), office.at, "  ")
    with pytest.raises(NotAllowed):
        say(case, an_applicant(at=office.at), office.at)


def test_a_draft_is_kept_and_is_not_shown_to_the_other_side(office: Office) -> None:
    case = get_case(office.green()[0].id)
    by = applicant(case)
    draft = casework.draft_message(case_id=case.id, by=by, at=office.at, from_applicant=True)
    casework.save_message(message_id=draft.id, text="Halvveis", by=by, at=office.at)
    again = casework.draft_message(case_id=case.id, by=by, at=office.at, from_applicant=True)
    assert (again.id, again.text) == (draft.id, "Halvveis")
    assert casework.following(case, by=office.officer, at=office.at).messages == ()


def test_a_request_stops_the_clock_and_its_answer_starts_it_again(office: Office) -> None:
    case = get_case(office.green()[0].id)
    promised = office.call.answer_by_date
    request = ask(office, case)
    waiting = view(case, office.at)
    assert (waiting.stage, waiting.next_actor) == (Stage.WAITING_FOR_APPLICANT, "applicant")
    assert waiting.expected is not None
    assert (waiting.expected.basis, waiting.expected.date) == ("deadline", promised + 7 * A_DAY)
    say(case, applicant(case), office.at + 3 * A_DAY, "Ni.", answers=request.id)
    after = view(case, office.at + 5 * A_DAY)
    assert after.stage == Stage.RECEIVED
    assert after.expected is not None
    assert (after.expected.date, after.expected.paused_days) == (promised + 3 * A_DAY, 3)


def test_the_mail_says_what_the_page_says(office: Office) -> None:
    case = get_case(office.green()[0].id)
    ask(office, case)
    [task] = view(case, office.at).tasks
    notice = Notice.objects.get(key__startswith="request:")
    assert task.sentence in notice.body
    assert "/o/" in notice.body
    assert (task.purpose, task.due_date) == ("answer_request", office.at.date() + 7 * A_DAY)


def test_a_request_is_answered_once_and_asked_only_in_an_open_case(office: Office) -> None:
    case = get_case(office.green()[0].id)
    request = ask(office, case)
    say(case, applicant(case), office.at, answers=request.id)
    with pytest.raises(casework.NotWaiting):
        say(case, applicant(case), office.at, answers=request.id)
    decide(office, case)
    with pytest.raises(casework.NotWaiting):
        ask(office, case)


def test_a_day_in_the_past_is_no_deadline(office: Office) -> None:
    with pytest.raises(Refused, match="i morgen"):
        ask(office, office.green()[0], days=0)


def test_a_decision_ends_what_was_asked(office: Office) -> None:
    case = get_case(office.green()[0].id)
    request = ask(office, case)
    decide(office, case)
    request.refresh_from_db()
    assert request.closed_at == office.at
    assert view(case, office.at).expected is None


def test_expected_follows_what_past_cases_took(office: Office) -> None:
    *done, last = office.green(11)
    for case in done:
        decide(office, get_case(case.id))
    found = casework.expected_answer(get_case(last.id), office.at + A_DAY)
    assert found is not None
    assert (found.basis, found.of_how_many, found.date, found.is_overdue) == (
        "throughput",
        10,
        office.at.date(),
        True,
    )


def test_the_outcome_is_shown_when_reading_is_confirmed(office: Office) -> None:
    case = get_case(office.green()[0].id)
    decision = decide(office, case)
    unread = view(case, office.at)
    assert (unread.stage, unread.money) == (Stage.ANSWERED, None)
    assert unread.decision is not None
    assert (unread.decision.outcome, unread.decision.amount_nok) == ("", None)
    casework.confirm_reading(decision_id=decision.id, by=applicant(case), at=office.at)
    casework.confirm_reading(decision_id=decision.id, by=applicant(case), at=office.at + A_DAY)
    read = view(case, office.at)
    assert read.stage == Stage.GRANTED
    assert read.decision is not None
    assert read.decision.amount_nok == decision.amount_nok
    assert read.money is not None
    assert read.money.state == "waiting"
    assert Event.objects.filter(action="casework.decision_read").count() == 1


def test_reading_never_shortens_what_the_letter_says(office: Office) -> None:
    case = get_case(office.green()[0].id)
    decision = decide(office, case)
    period = casework.appeal_period_of(decision)
    assert (period.last_date, period.started_by) == (decision.appeal_by_date, None)
    casework.confirm_reading(decision_id=decision.id, by=applicant(case), at=office.at)
    assert casework.appeal_period_of(decision).last_date == decision.appeal_by_date


def test_a_notice_that_left_late_gives_more_time(office: Office) -> None:
    case = get_case(office.green()[0].id)
    decision = decide(office, case)
    casework.write_letters(decision_ids=[decision.id], at=office.at)
    late = office.at + 7 * A_DAY
    Notice.objects.filter(key=f"decision:{decision.id}").update(state="sent", sent_at=late)
    casework.confirm_reading(decision_id=decision.id, by=applicant(case), at=late + 9 * A_DAY)
    period = casework.appeal_period_of(decision)
    assert (period.started_by, period.start_date) == ("notice", late.date())
    assert period.last_date == decision.appeal_by_date + 7 * A_DAY


def test_nothing_is_owed_before_a_grant_is_accepted(office: Office) -> None:
    case, decision = to_accept(office)
    assert decision.accept_by_date == date(2026, 12, 7)
    assert not Payment.objects.exists()
    by = applicant(case)
    casework.confirm_reading(decision_id=decision.id, by=by, at=office.at)
    assert view(case, office.at).stage == Stage.TO_ACCEPT
    casework.accept_grant(decision_id=decision.id, by=by, at=office.at + 2 * A_DAY)
    casework.accept_grant(decision_id=decision.id, by=by, at=office.at + 2 * A_DAY)
    payment = Payment.objects.get()
    assert payment.due_date == office.at.date() + 2 * A_DAY
    shown = view(case, office.at + 2 * A_DAY)
    assert (shown.stage, shown.report.due_date if shown.report else None) == (
        Stage.GRANTED,
        None,
    )
    with pytest.raises(casework.NotWaiting):
        casework.decline_grant(decision_id=decision.id, by=by, at=office.at)


def test_a_declined_grant_gives_the_money_back_and_stands_as_declined(office: Office) -> None:
    case, decision = to_accept(office)
    by = applicant(case)
    assert of_case(case.id).committed == decision.amount_nok
    assert [
        one.amount_nok for one in list_awards(case.application.organisation_number, date(2024, 1, 1))
    ] == [decision.amount_nok]
    casework.decline_grant(decision_id=decision.id, reason="Vi legger ned.", by=by, at=office.at)
    assert of_case(case.id).committed == Decimal(0)
    assert not Payment.objects.exists()
    assert list_awards(case.application.organisation_number, date(2024, 1, 1)) == []
    assert AidAward.objects.get().reversed_why == "declined"
    casework.confirm_reading(decision_id=decision.id, by=by, at=office.at)
    assert view(case, office.at).stage == Stage.DECLINED
    with pytest.raises(casework.NotWaiting):
        casework.accept_grant(decision_id=decision.id, by=by, at=office.at)


def test_only_the_municipality_lets_a_grant_lapse_and_only_after_the_last_day(office: Office) -> None:
    case, decision = to_accept(office)
    with pytest.raises(Refused, match="til og med 7"):
        casework.lapse_grant(decision_id=decision.id, reason="x", by=office.officer, at=office.at)
    after = office.at + 15 * A_DAY
    with pytest.raises(NotAllowed):
        casework.lapse_grant(decision_id=decision.id, reason="x", by=applicant(case), at=after)
    casework.lapse_grant(decision_id=decision.id, reason="Ikke svart.", by=office.officer, at=after)
    assert of_case(case.id).committed == Decimal(0)
    assert AidAward.objects.get().reversed_why == "lapsed"


def test_who_only_fills_in_does_not_accept(office: Office) -> None:
    _, decision = to_accept(office)
    with pytest.raises(NotAllowed):
        casework.accept_grant(decision_id=decision.id, by=an_applicant(at=office.at), at=office.at)
    with pytest.raises(NotAllowed):
        casework.accept_grant(decision_id=decision.id, by=office.officer, at=office.at)


@pytest.mark.parametrize(("days", "is_late"), [(21, False), (22, True)])
def test_an_appeal_is_received_in_time_or_late(office: Office, days: int, is_late: bool) -> None:
    case = get_case(office.red().id)
    decision = decide(office, case)
    by, at = applicant(case), office.at + days * A_DAY
    casework.confirm_reading(decision_id=decision.id, by=by, at=office.at)
    draft = casework.draft_appeal(decision_id=decision.id, by=by, at=at)
    appeal = casework.send_appeal(appeal_id=draft.id, text="Tallene er feil.", by=by, at=at)
    assert (appeal.is_late, appeal.last_date) == (is_late, decision.appeal_by_date)
    [receipt] = Notice.objects.filter(key=f"appeal:{appeal.id}")
    assert ("etter fristen" in receipt.body) is is_late
    [row] = casework.list_appeals(by=office.officer)
    assert (row.case_number, row.appeal.id) == (case.number, appeal.id)


def test_aid_is_written_with_the_decision_and_taken_back_when_it_is_replaced(office: Office) -> None:
    case, decision = to_accept(office)
    casework.decline_grant(decision_id=decision.id, by=applicant(case), at=office.at)
    line = Line(case.id, "granted", "all_met", None, "")
    proposal = casework.decide_anew(line=line, by=office.officer, at=office.at)
    casework.approve_proposal(proposal_id=proposal.id, key="anew", by=office.approver, at=office.at)
    [award] = list_awards(case.application.organisation_number, date(2024, 1, 1), basis="general")
    assert award.decision_id != decision.id
    assert award.amount_eur == (award.amount_nok / office.call.euro_rate).quantize(Decimal("0.01"))
    assert list_awards(case.application.organisation_number, award.right_arose_date) == []


def statements(case_id: UUID, by: Actor, at: datetime) -> int:
    case = get_case(case_id)
    with CaptureQueriesContext(
        connection,
    ) as ran:
        casework.applicant_view(case, by, at)
    return len(ran)


def test_the_view_takes_the_same_statements_however_much_is_said(office: Office) -> None:
    case = get_case(office.green()[0].id)
    say(case, office.officer, office.at)
    few = statements(case.id, applicant(case), office.at)
    for _ in range(3):
        say(case, office.officer, office.at)
        say(case, applicant(case), office.at)
        ask(office, case)
    assert statements(case.id, applicant(case), office.at) == few <= 20
