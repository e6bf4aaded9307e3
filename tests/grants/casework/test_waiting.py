"""Who waits is told why and for how long; the clock stands while the municipality waits for the applicant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from runde.foundation.journal.api import events_of
from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Actor, get_actor, get_person
from runde.foundation.trust.api import NotAllowed, Refused
from runde.grants.casework.domain.clock import Pause
from runde.grants.casework.domain.waiting import Told, Waiting, day_to_tell, due_on, is_owed, running_day
from runde.grants.casework.errors import CaseDecided, Unsaid
from runde.grants.casework.models import Case, ProvisionalReply
from runde.grants.casework.operations.correspond import (
    ask_information,
    close_request,
    draft_message,
    send_message,
)
from runde.grants.casework.operations.provisional import tell_waiting
from runde.grants.casework.operations.say_delay import say_delay, say_delay_of_call
from runde.grants.casework.queries.cases import get_case
from runde.grants.casework.queries.waiting import case_clock, lateness_by_call

from .conftest import Office

SENT, PROMISED = date(2026, 6, 1), date(2026, 8, 3)
A_DAY = timedelta(days=1)


def applicant(case: Case) -> Actor:
    person = get_actor(get_person(case.application.applicant_id), on=date(2026, 11, 23))
    number = frozenset({case.application.organisation_number})
    return Actor(person.person_id, person.name, companies=number, vouched=number)


def told(case: Case) -> list[ProvisionalReply]:
    return list(ProvisionalReply.objects.filter(case=case).order_by("number"))


def mails(case: Case) -> list[str]:
    found = Notice.objects.filter(subject_id=case.id, key__startswith="provisional:")
    return [one.body for one in found.order_by("queued_at")]


def test_word_is_owed_on_the_last_day_of_the_month() -> None:
    case = Waiting(SENT, PROMISED)
    assert due_on(case, on=SENT) == date(2026, 7, 1)
    assert not is_owed(case, on=date(2026, 6, 30))
    assert is_owed(case, on=date(2026, 7, 1))


def test_a_promise_shorter_than_a_month_is_owed_when_it_is_broken() -> None:
    assert due_on(Waiting(SENT, date(2026, 6, 12)), on=SENT) == date(2026, 6, 13)


def test_the_next_word_is_owed_the_day_after_the_one_that_was_told() -> None:
    case = Waiting(SENT, PROMISED, told=Told(1, date(2026, 7, 1), date(2026, 8, 3)))
    assert not is_owed(case, on=date(2026, 8, 3))
    assert is_owed(case, on=date(2026, 8, 4))


def test_nothing_is_owed_while_the_clock_stands_and_the_days_are_added_after() -> None:
    asked = Pause(date(2026, 6, 20), None, date(2026, 6, 30))
    assert not is_owed(Waiting(SENT, PROMISED, [asked]), on=date(2026, 7, 20))
    answered = Pause(date(2026, 6, 20), date(2026, 6, 27), date(2026, 6, 30))
    case = Waiting(SENT, PROMISED, [answered])
    assert not is_owed(case, on=date(2026, 7, 7))
    assert is_owed(case, on=date(2026, 7, 8))


def test_a_pause_before_the_last_word_is_not_counted_again() -> None:
    before = Pause(date(2026, 6, 5), date(2026, 6, 15), date(2026, 6, 20))
    case = Waiting(SENT, PROMISED, [before], Told(1, date(2026, 7, 13), PROMISED))
    assert due_on(case, on=date(2026, 7, 20)) == PROMISED + A_DAY


def test_nobody_is_told_a_day_that_has_passed_or_the_same_day_twice() -> None:
    on = date(2026, 7, 1)
    assert day_to_tell(likely=[on, on + A_DAY], on=on, told=None) == on + A_DAY
    before = Told(1, SENT, date(2026, 7, 20))
    assert day_to_tell(likely=[date(2026, 7, 20), date(2026, 8, 3)], on=on, told=before) == date(2026, 8, 3)
    assert day_to_tell(likely=[], on=on, told=None) == date(2026, 8, 3)  # 1 August is a Saturday


def test_the_running_day_leaves_out_what_the_clock_stood_still() -> None:
    pause = Pause(date(2026, 6, 5), date(2026, 6, 8), date(2026, 6, 9))
    assert running_day(Waiting(SENT, date(2026, 7, 1), [pause]), on=date(2026, 6, 10)) == (6, 30)
    still = Pause(date(2026, 6, 5), None, date(2026, 6, 20))
    assert running_day(Waiting(SENT, date(2026, 7, 1), [still]), on=date(2026, 6, 10)) == (4, 30)


days = st.integers(0, 90).map(lambda n: SENT + timedelta(days=n))
pauses = st.lists(
    st.builds(
        lambda start, long, due: Pause(start, start + timedelta(days=long), start + timedelta(days=due)),
        days,
        st.integers(0, 30),
        st.integers(1, 30),
    ),
    max_size=5,
)


@settings(derandomize=True)
@given(pauses, pauses, days, st.none() | days)
def test_the_clock_never_runs_backwards(
    some: list[Pause], more: list[Pause], on: date, told_on: date | None
) -> None:
    told_before = Told(1, told_on, told_on + timedelta(days=20)) if told_on else None
    few, many = (Waiting(SENT, PROMISED, asked, told_before) for asked in (some, [*some, *more]))
    assert due_on(many, on=on) >= due_on(few, on=on)
    assert due_on(few, on=on + A_DAY) >= due_on(few, on=on)
    assert running_day(few, on=on + A_DAY)[0] >= running_day(few, on=on)[0]


def test_after_a_month_the_applicant_is_told_why_and_when(office: Office) -> None:
    [case] = office.green()
    assert tell_waiting(at=office.at + timedelta(days=20)) == 0
    late = office.at + timedelta(days=35)
    assert tell_waiting(at=late) == 1
    [reply] = told(case)
    assert reply.expected_date > late.date() >= reply.due_date
    [mail] = mails(case)
    assert "Dere får trolig svar innen" in mail
    assert "i den rekkefølgen de kom" in mail
    assert tell_waiting(at=late) == 0
    assert [one.action for one in events_of([("case", case.id)])].count("casework.told_provisionally") == 1


def test_later_delays_are_told_too_each_with_a_later_day(office: Office) -> None:
    [case] = office.green()
    at = office.at + timedelta(days=35)
    for _ in range(3):
        tell_waiting(at=at)
        at = at_noon(told(case)[-1].expected_date + A_DAY)
    replies = told(case)
    assert [one.number for one in replies] == [1, 2, 3]
    assert replies[0].expected_date < replies[1].expected_date < replies[2].expected_date
    assert "tar lengre tid enn vi sa" in mails(case)[1]


def test_what_the_officer_says_of_the_delay_is_what_the_applicant_reads(office: Office) -> None:
    [one, other] = office.green(2)
    at = office.at + timedelta(days=33)
    day, own = (at + timedelta(days=40)).date(), (at + timedelta(days=50)).date()
    say_delay_of_call(
        call=office.call, expected_date=day, reason_code="many_applications", by=office.officer, at=at
    )
    say_delay(
        case_id=other.id,
        expected_date=own,
        reason_code="other",
        reason_text="Vi venter på en uttalelse fra naboen.",
        by=office.officer,
        at=at,
    )
    assert tell_waiting(at=at) == 2
    assert (told(one)[0].expected_date, told(other)[0].expected_date) == (day, own)
    assert "flere søknader enn vi regnet med" in mails(one)[0]
    assert "uttalelse fra naboen" in mails(other)[0]


def test_a_delay_needs_a_day_ahead_a_reason_and_somebody_who_may(office: Office) -> None:
    [case] = office.green()
    tomorrow = (office.at + A_DAY).date()
    with pytest.raises(Refused, match="i morgen"):
        say_delay(
            case_id=case.id,
            expected_date=office.at.date(),
            reason_code="needs_time",
            by=office.officer,
            at=office.at,
        )
    with pytest.raises(Refused, match="fra lista"):
        say_delay(
            case_id=case.id, expected_date=tomorrow, reason_code="in_turn", by=office.officer, at=office.at
        )
    with pytest.raises(Unsaid):
        say_delay(
            case_id=case.id, expected_date=tomorrow, reason_code="other", by=office.officer, at=office.at
        )
    with pytest.raises(NotAllowed):
        say_delay(
            case_id=case.id,
            expected_date=tomorrow,
            reason_code="needs_time",
            by=applicant(get_case(case.id)),
            at=office.at,
        )


def test_nobody_is_told_while_the_municipality_waits_for_them(office: Office) -> None:
    [case] = office.green()
    asked = ask_information(
        case_id=case.id,
        text="Hvor mange ansatte?",
        due_date=(office.at + timedelta(days=25)).date(),
        by=office.officer,
        at=office.at + timedelta(days=10),
    )
    assert tell_waiting(at=office.at + timedelta(days=60)) == 0
    message = draft_message(
        case_id=case.id,
        by=applicant(get_case(case.id)),
        at=office.at + timedelta(days=60),
        from_applicant=True,
    )
    send_message(
        message_id=message.id,
        text="Fire",
        by=applicant(get_case(case.id)),
        at=office.at + timedelta(days=60),
        answers=asked.id,
    )
    assert tell_waiting(at=office.at + timedelta(days=61)) == 0
    case.refresh_from_db()
    assert case.answer_by_date == office.call.answer_by_date + timedelta(days=50)
    assert tell_waiting(at=office.at + timedelta(days=85)) == 1


def test_the_deadline_moves_while_the_clock_stands_and_stays_when_it_goes_on(office: Office) -> None:
    [case] = office.green()
    promised = case.answer_by_date
    asked = ask_information(
        case_id=case.id,
        text="Hva?",
        due_date=(office.at + timedelta(days=14)).date(),
        by=office.officer,
        at=office.at,
    )
    case.refresh_from_db()
    assert case.answer_by_date == promised
    tell_waiting(at=office.at + timedelta(days=20))
    case.refresh_from_db()
    assert case.answer_by_date == promised + timedelta(days=20)
    close_request(request_id=asked.id, by=office.officer, at=office.at + timedelta(days=21))
    tell_waiting(at=office.at + timedelta(days=30))
    case.refresh_from_db()
    assert case.answer_by_date == promised + timedelta(days=21)


def test_the_decided_and_the_withdrawn_are_left_alone(office: Office) -> None:
    [case] = office.green()
    Case.objects.filter(id=case.id).update(state="withdrawn")
    assert tell_waiting(at=office.at + timedelta(days=90)) == 0
    with pytest.raises(CaseDecided):
        say_delay(
            case_id=case.id,
            expected_date=(office.at + A_DAY).date(),
            reason_code="needs_time",
            by=office.officer,
            at=office.at,
        )


def test_lateness_is_counted_for_the_leader(office: Office) -> None:
    late, waiting, _ = office.green(3)
    after = at_noon(office.call.answer_by_date + A_DAY)
    ask_information(
        case_id=waiting.id,
        text="Hva?",
        due_date=(office.at + A_DAY).date(),
        by=office.officer,
        at=office.at,
    )
    assert lateness_by_call(office.at) == {}
    found = lateness_by_call(after)[office.call.id]
    assert found.overdue == 2
    clock = case_clock(get_case(late.id), after)
    assert clock.is_overdue
    assert clock.standing_since_date is None
    still = case_clock(get_case(waiting.id), after)
    assert not still.is_overdue
    assert still.standing_since_date == office.at.date()


def test_the_database_keeps_the_order_of_replies(office: Office) -> None:
    [case] = office.green()
    tell_waiting(at=office.at + timedelta(days=35))
    [first] = told(case)
    with pytest.raises(IntegrityError, match="follows"), transaction.atomic():
        ProvisionalReply.objects.create(
            case=case,
            number=2,
            due_date=first.due_date,
            expected_date=first.expected_date,
            reason_code="in_turn",
            made_at=first.made_at,
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        ProvisionalReply.objects.filter(id=first.id).update(expected_date=first.expected_date + A_DAY)


def at_noon(day: date) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T12:00:00+00:00")
