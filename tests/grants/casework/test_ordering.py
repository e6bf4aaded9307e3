"""Many cases sent to approval as a job: counted, harmless to run again, and what does not come along is listed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from runde.foundation.notices.api import Notice
from runde.foundation.people.api import Role
from runde.foundation.trust.api import new_id
from runde.grants.casework.api import (
    BatchOrder,
    Case,
    NothingLeft,
    Proposal,
    approve_proposal,
    ask_again_for_orders,
    ask_information,
    carry_out_order,
    declare_impartiality,
    get_batch_order,
    order_batch,
    propose_as_checked,
    reasons_apart,
    tell_letters_made,
    write_letters,
)
from runde.grants.casework.operations import carry_out_order as carrying
from runde.grants.casework.operations import tell_letters_made as telling
from tests.factories import an_actor

from .conftest import Office

LATER = timedelta(minutes=1)


def sent(office: Office, cases: list[Case]) -> BatchOrder:
    return order_batch(case_ids=[case.id for case in cases], by=office.officer, at=office.at)


def ended(order: BatchOrder, office: Office) -> BatchOrder:
    carry_out_order(order_id=order.id, at=office.at + LATER)
    return get_batch_order(order.id, by=office.officer)


def test_the_job_proposes_as_one_set_and_tells_the_officer(office: Office) -> None:
    cases = [*office.green(3), office.red()]
    order = sent(office, cases)
    assert (order.looked, order.ended_at, Proposal.objects.count()) == (0, None, 0)
    done = ended(order, office)
    assert (done.looked, done.apart, done.refusal) == (4, [], "")
    assert done.proposal is not None
    assert done.proposal.lines.count() == 4
    assert done.proposal.prepared_by == office.officer.person_id
    notice = Notice.objects.get(key=f"batch_order:{order.id}")
    assert notice.subject == "Sakene er sendt til godkjenning"
    assert "4 saker er sendt til godkjenning." in notice.body


def test_a_second_run_and_a_second_order_propose_nothing_twice(office: Office) -> None:
    cases = office.green(2)
    first, second = sent(office, cases), sent(office, cases)
    ended(first, office)
    again = ended(first, office)
    late = ended(second, office)
    assert Proposal.objects.count() == 1
    assert again.proposal_id == Proposal.objects.get().id
    assert late.proposal_id is None
    assert late.refusal
    assert [one["number"] for one in late.apart] == [case.number for case in cases]


def test_a_crash_goes_on_from_where_it_was_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    order = sent(office, office.green(3))
    monkeypatch.setattr(carrying, "LOOKED_AT_ONCE", 1)
    looked: list[str] = []

    def failing(cases: Any, *args: Any, **more: Any) -> Any:
        looked.extend(case.number for case in cases)
        if len(looked) == 2:
            raise OSError("The machine went down")
        return reasons_apart(cases, *args, **more)

    monkeypatch.setattr(carrying, "reasons_apart", failing)
    with pytest.raises(OSError, match="went down"):
        carry_out_order(order_id=order.id, at=office.at + LATER)
    assert get_batch_order(order.id, by=office.officer).looked == 1
    done = ended(order, office)
    assert (done.looked, Proposal.objects.count()) == (3, 1)
    assert len(looked) == 4


def test_what_happened_since_is_left_out_with_why_and_the_rest_goes(office: Office) -> None:
    kept, asked, mine, yellow = *office.green(3), office.yellow()
    order = sent(office, [kept, asked, mine, yellow])
    declare_impartiality(case_id=asked.id, is_impartial=True, by=office.officer, at=office.at)
    due = (office.at + timedelta(days=7)).date()
    ask_information(case_id=asked.id, text="Hva er dette?", due_date=due, by=office.officer, at=office.at)
    declare_impartiality(
        case_id=mine.id, is_impartial=False, reason="Kusine", by=office.officer, at=office.at
    )
    done = ended(order, office)
    why = {one["number"]: one["why"] for one in done.apart}
    assert why == {
        asked.number: "Venter på svar fra søkeren.",
        mine.number: "Du har meldt fra om at du ikke kan behandle saken.",
        yellow.number: "Saken må vurderes for seg.",
    }
    assert done.proposal is not None
    assert [line.case_id for line in done.proposal.lines.all()] == [kept.id]
    assert done.proposal.left_out == done.apart


def test_who_may_no_longer_propose_has_nothing_proposed(office: Office) -> None:
    [case] = office.green()
    order = BatchOrder.objects.create(
        call_id=case.call_id,
        case_ids=[case.id],
        asked_by=an_actor(Role.APPROVER, at=office.at).person_id,
        asked_at=office.at,
    )
    done = ended(order, office)
    assert (done.proposal_id, Case.objects.get().state) == (None, "open")
    assert done.refusal
    assert (
        Notice.objects.get(key=f"batch_order:{order.id}").subject == "Sakene ble ikke sendt til godkjenning"
    )


def test_an_order_needs_cases_and_stays_as_it_ended(office: Office) -> None:
    with pytest.raises(NothingLeft):
        order_batch(case_ids=[new_id()], by=office.officer, at=office.at)
    done = ended(sent(office, office.green()), office)
    done.looked = 0
    with pytest.raises(DatabaseError, match="ends once"), transaction.atomic():
        done.save(update_fields=["looked"])


def test_an_order_left_lying_is_asked_for_again(office: Office) -> None:
    order = sent(office, office.green())
    assert ask_again_for_orders(office.at + LATER) == 0
    assert ask_again_for_orders(office.at + timedelta(minutes=11)) == 1
    ended(order, office)
    assert ask_again_for_orders(office.at + timedelta(minutes=11)) == 0


def test_those_who_decided_many_are_told_once_when_the_last_letter_is_made(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "LETTERS_IN_A_JOB", 1)
    ids = [case.id for case in office.green(2)]
    proposal = propose_as_checked(case_ids=ids, by=office.officer, at=office.at, declares_impartial=True)
    approved = approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
    write_letters(decision_ids=approved.decision_ids[:1], at=office.at)
    assert tell_letters_made(at=office.at + LATER) == 0
    write_letters(decision_ids=approved.decision_ids, at=office.at)
    assert [tell_letters_made(at=office.at + LATER) for _ in range(2)] == [2, 0]
    told = Notice.objects.filter(key__startswith="letters_made:")
    assert {one.subject for one in told} == {"2 vedtaksbrev er laget"}
