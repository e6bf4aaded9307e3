"""The list's counts follow the cases, and what is done to several at once is told, listed and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runde.foundation.journal.api import events_of
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed, NotFound, Refused
from runde.grants.casework.api import (
    Case,
    Filters,
    NotWaiting,
    Order,
    Tallies,
    assign_cases,
    choose_cases,
    declare_impartiality,
    delete_view,
    find_selection,
    hold_cases,
    keep_view,
    list_case_ids,
    list_views,
    next_case,
    officers_by_municipality,
    propose_as_checked,
    resume_cases,
    set_answer_by,
    share_by_municipality,
    share_evenly,
    tallies,
    undo_bulk,
    worklist,
)
from runde.grants.casework.models import BulkAct, Selection, Tally
from runde.grants.casework.operations.fold_tallies import fold_tallies, forget_choices
from tests.factories import an_actor

from .conftest import Office

A_WEEK = timedelta(days=7)


def counted(office: Office) -> Tallies:
    return tallies(office.call.id, on=timezone.localdate(office.at))


def recounted(office: Office) -> dict[str, object]:
    """The same figures, by looking at every case."""
    today = timezone.localdate(office.at)
    cases = list(Case.objects.filter(call_id=office.call.id))
    opened = [case for case in cases if case.state == "open"]
    held = [case for case in opened if case.hold_until_date and case.hold_until_date > today]
    ready = [case for case in opened if case not in held]
    return {
        "lanes": {lane: sum(case.lane == lane for case in ready) for lane in ("green", "yellow", "red")},
        "states": {one: sum(case.state == one for case in cases) for one in Case.State.values},
        "held": len(held),
        "late": sum(case.answer_by_date < today for case in opened),
        "officers": {
            one: sum(case.assigned_to == one for case in ready) for one in {c.assigned_to for c in ready}
        },
        "green_nok": sum(case.recommended_nok or 0 for case in ready if case.lane == "green"),
    }


def figures(found: Tallies) -> dict[str, object]:
    return {
        "lanes": {lane: one.count for lane, one in found.lanes.items()},
        "states": {state: one.count for state, one in found.states.items()},
        "held": found.held.count,
        "late": found.late.count,
        "officers": dict(found.officers),
        "green_nok": found.lanes["green"].recommended_nok,
    }


def test_counts_follow_cases_through_every_change(office: Office) -> None:
    cases = [*office.green(4), office.yellow(), office.red()]
    assert figures(counted(office)) == recounted(office)
    today = timezone.localdate(office.at)
    hold_cases(
        case_ids=[cases[0].id], until_date=today + A_WEEK, reason="Venter", by=office.officer, at=office.at
    )
    assign_cases(
        case_ids=[cases[1].id, cases[4].id], to=office.officer.person_id, by=office.officer, at=office.at
    )
    set_answer_by(
        dates={cases[5].id: today - timedelta(days=1)}, why="Prøve", by=office.officer, at=office.at
    )
    propose_as_checked(
        case_ids=[cases[2].id, cases[3].id], by=office.officer, at=office.at, declares_impartial=True
    )
    assert figures(counted(office)) == recounted(office)
    before = figures(counted(office))
    assert (before["held"], before["late"]) == (1, 1)
    rows = Tally.objects.count()
    fold_tallies()
    assert Tally.objects.count() < rows
    assert figures(counted(office)) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_counts_follow_any_sequence_of_updates(office: Office, data: st.DataObject) -> None:
    if not Case.objects.exists():
        office.green(5)
    ids = sorted(Case.objects.values_list("id", flat=True))
    today = timezone.localdate(office.at)
    days = st.sampled_from([today - timedelta(days=1), today, today + A_WEEK])
    for _ in range(data.draw(st.integers(1, 6))):
        chosen = data.draw(st.sets(st.sampled_from(ids)))
        change = data.draw(
            st.sampled_from(["state", "lane", "assigned_to", "answer_by_date", "hold_until_date", "fold"])
        )
        rows = Case.objects.filter(id__in=chosen)
        if change == "state":
            rows.update(state=data.draw(st.sampled_from(Case.State.values)))
        elif change == "lane":
            rows.update(lane=data.draw(st.sampled_from(["green", "yellow", "red"])))
        elif change == "assigned_to":
            rows.update(assigned_to=data.draw(st.sampled_from([None, UUID(int=1), UUID(int=2)])))
        elif change == "answer_by_date":
            rows.update(answer_by_date=data.draw(days))
        elif change == "hold_until_date":
            rows.update(hold_until_date=data.draw(days), hold_reason="Venter")
        else:
            fold_tallies()
    assert figures(counted(office)) == recounted(office)


def test_a_case_on_hold_leaves_its_lane_and_is_back_on_its_day(office: Office) -> None:
    first, second = office.green(2)
    until = timezone.localdate(office.at) + A_WEEK
    act = hold_cases(case_ids=[first.id], until_date=until, reason="Kurs", by=office.officer, at=office.at)
    assert (act.not_done, len(act.changes)) == ([], 1)

    def listed(days: int, *, held: bool = False) -> list[UUID]:
        return list_case_ids(
            office.call.id, at=office.at + timedelta(days=days), lane="green", filters=Filters(held=held)
        )

    assert listed(0) == [second.id]
    assert listed(0, held=True) == [first.id]
    assert listed(7) == [first.id, second.id]
    assert tallies(office.call.id, on=until).lanes["green"].count == 2
    assert events_of([("case", first.id)])[0].action == "casework.held"
    resume_cases(case_ids=[first.id], by=office.officer, at=office.at)
    assert listed(0) == [first.id, second.id]


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [(0, "Kurs", "Velg en dag etter i dag"), (7, " ", "Skriv hvorfor"), (7, "x" * 301, "høyst 300 tegn")],
)
def test_a_hold_needs_a_later_day_and_a_reason(office: Office, days: int, reason: str, sentence: str) -> None:
    [case] = office.green()
    until = timezone.localdate(office.at) + timedelta(days=days)
    with pytest.raises(Refused, match=sentence):
        hold_cases(case_ids=[case.id], until_date=until, reason=reason, by=office.officer, at=office.at)


def test_what_is_done_to_several_lists_what_was_not(office: Office) -> None:
    mine, theirs, sent, plain = office.green(4)
    colleague = an_actor(Role.OFFICER, at=office.at)
    for actor, case in ((office.officer, mine), (colleague, theirs)):
        declare_impartiality(case_id=case.id, is_impartial=False, reason="Slekt", by=actor, at=office.at)
    propose_as_checked(case_ids=[sent.id], by=colleague, at=office.at, declares_impartial=True)
    act = assign_cases(
        case_ids=[mine.id, theirs.id, sent.id, plain.id],
        to=colleague.person_id,
        by=office.officer,
        at=office.at,
    )
    assert [change["number"] for change in act.changes] == [plain.number]
    assert {one["number"]: one["why"] for one in act.not_done} == {
        mine.number: "Du har meldt fra om at du ikke kan behandle saken.",
        theirs.number: f"{colleague.name} har meldt fra om at hen ikke kan behandle saken.",
        sent.number: "Saken er til godkjenning.",
    }


def test_undo_gives_each_case_what_it_had(office: Office) -> None:
    first, second, third = office.green(3)
    colleague = an_actor(Role.OFFICER, at=office.at)
    assign_cases(case_ids=[first.id], to=colleague.person_id, by=office.officer, at=office.at)
    act = assign_cases(
        case_ids=[first.id, second.id, third.id], to=office.officer.person_id, by=office.officer, at=office.at
    )
    assign_cases(case_ids=[third.id], to=colleague.person_id, by=colleague, at=office.at)
    with pytest.raises(NotAllowed, match="Bare den som gjorde det"):
        undo_bulk(act_id=act.id, by=colleague, at=office.at)
    undone = undo_bulk(act_id=act.id, by=office.officer, at=office.at)
    assert [(one["number"], one["why"]) for one in undone.not_undone] == [
        (third.number, "Saken er endret etterpå.")
    ]
    held_by = dict(Case.objects.values_list("number", "assigned_to"))
    assert held_by == {
        first.number: colleague.person_id,
        second.number: None,
        third.number: colleague.person_id,
    }
    with pytest.raises(NotWaiting):
        undo_bulk(act_id=act.id, by=office.officer, at=office.at)


def test_undo_gives_no_case_back_to_somebody_who_has_an_interest_since(office: Office) -> None:
    [case] = office.green()
    colleague = an_actor(Role.OFFICER, at=office.at)
    assign_cases(case_ids=[case.id], to=colleague.person_id, by=office.officer, at=office.at)
    act = assign_cases(case_ids=[case.id], to=office.officer.person_id, by=office.officer, at=office.at)
    declare_impartiality(case_id=case.id, is_impartial=False, reason="Slekt", by=colleague, at=office.at)
    undone = undo_bulk(act_id=act.id, by=office.officer, at=office.at)
    assert [one["why"] for one in undone.not_undone] == ["Den som hadde saken før, kan ikke behandle den."]
    assert Case.objects.get(id=case.id).assigned_to == office.officer.person_id


def test_cases_are_dealt_out_evenly_whoever_has_some_before(office: Office) -> None:
    cases = office.green(7)
    colleague = an_actor(Role.OFFICER, at=office.at)
    assign_cases(case_ids=[cases[0].id, cases[1].id], to=colleague.person_id, by=office.officer, at=office.at)
    people = [office.officer.person_id, colleague.person_id]
    act = share_evenly(
        case_ids=[case.id for case in cases[2:]], among=people, by=office.officer, at=office.at
    )
    assert len(act.changes) == 5
    assert counted(office).officers == {people[0]: 4, people[1]: 3}
    again = share_evenly(
        case_ids=[case.id for case in cases[2:]], among=people, by=office.officer, at=office.at
    )
    assert counted(office).officers == {people[0]: 4, people[1]: 3}, again.changes


def test_cases_go_to_the_officer_of_their_municipality_and_it_is_remembered(office: Office) -> None:
    first, second, third = office.green(3)
    Case.objects.filter(id=second.id).update(municipality_number="3405")
    Case.objects.filter(id=third.id).update(municipality_number="0301")
    here = Case.objects.get(id=first.id).municipality_number
    colleague = an_actor(Role.OFFICER, at=office.at)
    chosen = {here: office.officer.person_id, "3405": colleague.person_id}
    act = share_by_municipality(
        case_ids=[first.id, second.id, third.id], officers=chosen, by=office.officer, at=office.at
    )
    held_by = dict(Case.objects.values_list("id", "assigned_to"))
    assert (held_by[first.id], held_by[second.id], held_by[third.id]) == (*chosen.values(), None)
    assert [one["why"] for one in act.not_done] == ["Ingen er valgt for kommunen virksomheten ligger i."]
    assert officers_by_municipality() == chosen


@pytest.mark.parametrize("role", [Role.APPROVER, Role.FINANCE, Role.AUDITOR])
def test_only_those_who_work_with_cases_give_them_out(office: Office, role: Role) -> None:
    [case] = office.green()
    outsider = an_actor(role, at=office.at)
    today = timezone.localdate(office.at)
    acts: list[Callable[[], object]] = [
        lambda: assign_cases(case_ids=[case.id], to=None, by=outsider, at=office.at),
        lambda: share_evenly(case_ids=[case.id], among=[office.officer.person_id], by=outsider, at=office.at),
        lambda: hold_cases(
            case_ids=[case.id], until_date=today + A_WEEK, reason="Kurs", by=outsider, at=office.at
        ),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_a_case_is_given_to_officers_only(office: Office) -> None:
    [case] = office.green()
    for stranger in (office.approver.person_id, uuid4()):
        with pytest.raises(Refused, match="bare gis til saksbehandlere"):
            assign_cases(case_ids=[case.id], to=stranger, by=office.officer, at=office.at)


def test_sorted_by_deadline_or_by_age(office: Office) -> None:
    cases = office.green(12)
    later = Case.objects.get(id=cases[0].id).answer_by_date + A_WEEK
    set_answer_by(dates={cases[0].id: later}, why="Ventet på svar", by=None, at=office.at)
    by_deadline = worklist(office.call.id, by=office.officer, at=office.at, order=Order.DEADLINE)
    by_age = worklist(office.call.id, by=office.officer, at=office.at, order=Order.AGE)
    numbers = [case.number for case in cases]
    assert [row.number for row in by_deadline.rows] == [*numbers[1:], numbers[0]]
    assert [row.number for row in by_age.rows] == numbers


def test_late_cases_are_found_also_when_they_are_on_hold(office: Office) -> None:
    first, second, third = office.green(3)
    today = timezone.localdate(office.at)
    yesterday = today - timedelta(days=1)
    set_answer_by(dates={first.id: yesterday, second.id: yesterday}, why="", by=None, at=office.at)
    hold_cases(case_ids=[first.id], until_date=today + A_WEEK, reason="Kurs", by=office.officer, at=office.at)
    found = worklist(office.call.id, by=office.officer, at=office.at, filters=Filters(late=True))
    assert [(row.number, row.is_late) for row in found.rows] == [(first.number, True), (second.number, True)]
    assert (found.total, found.counts.late.count) == (2, 2)


def test_the_next_case_in_the_lane_passes_by_those_one_may_not_open(office: Office) -> None:
    first, second, third = office.green(3)
    office.yellow()
    declare_impartiality(
        case_id=second.id, is_impartial=False, reason="Slekt", by=office.officer, at=office.at
    )
    case = Case.objects.get(id=first.id)
    assert next_case(case, by=office.officer, at=office.at) == third.id
    last = Case.objects.get(id=third.id)
    assert next_case(last, by=office.officer, at=office.at) is None
    assert next_case(last, by=office.officer, at=office.at, back=True) == first.id


def test_a_chosen_set_stays_as_it_was_chosen(office: Office) -> None:
    cases = office.green(3)
    ids = list_case_ids(office.call.id, at=office.at, lane="green")
    chosen = choose_cases(
        call_id=office.call.id, case_ids=[*ids, uuid4()], words="Klare", by=office.officer, at=office.at
    )
    office.green(1)
    found = find_selection(chosen.id)
    assert found is not None
    assert (found.case_ids, found.recommended_nok) == (ids, 3 * (cases[0].recommended_nok or 0))
    with pytest.raises(Refused):
        choose_cases(call_id=uuid4(), case_ids=ids, by=office.officer, at=office.at)
    forget_choices(at=office.at + timedelta(days=2))
    assert not Selection.objects.exists()


def test_what_was_done_can_be_undone_for_a_month(office: Office) -> None:
    [case] = office.green()
    assign_cases(case_ids=[case.id], to=office.officer.person_id, by=office.officer, at=office.at)
    forget_choices(at=office.at + timedelta(days=29))
    assert BulkAct.objects.count() == 1
    forget_choices(at=office.at + timedelta(days=31))
    assert BulkAct.objects.count() == 0


def test_views_are_ones_own(office: Office) -> None:
    view = keep_view(name=" Mine  sene ", query="ko=sene&ansvarlig=meg", by=office.officer, at=office.at)
    keep_view(name="Mine sene", query="ko=sene", by=office.officer, at=office.at)
    assert [(one.name, one.query) for one in list_views(by=office.officer)] == [("Mine sene", "ko=sene")]
    colleague = an_actor(Role.OFFICER, at=office.at)
    assert list_views(by=colleague) == []
    with pytest.raises(NotFound):
        delete_view(view_id=view.id, by=colleague, at=office.at)
    delete_view(view_id=view.id, by=office.officer, at=office.at)
    assert list_views(by=office.officer) == []
    for name in ("", " ", "x" * 61):
        with pytest.raises(Refused):
            keep_view(name=name, query="", by=office.officer, at=office.at)


def test_a_narrowed_list_is_counted_no_further_than_it_is_worth(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.green(6)
    monkeypatch.setattr("runde.grants.casework.queries.worklist.MOST_COUNTED", 2)
    found = worklist(
        office.call.id, by=office.officer, at=office.at, filters=Filters(unassigned=True), size=2
    )
    assert (found.total, found.has_more) == (4, True)
    last = worklist(
        office.call.id, by=office.officer, at=office.at, filters=Filters(unassigned=True), page=3, size=2
    )
    assert (last.total, last.has_more, len(last.rows)) == (6, False, 2)


def test_filters_narrow(office: Office) -> None:
    first, second = office.green(2)
    Case.objects.filter(id=second.id).update(municipality_number="0301")
    assign_cases(case_ids=[first.id], to=office.officer.person_id, by=office.officer, at=office.at)

    def numbers(filters: Filters) -> list[str]:
        page = worklist(office.call.id, by=office.officer, at=office.at, filters=filters)
        return [row.number for row in page.rows]

    assert numbers(Filters(assigned_to=office.officer.person_id)) == [first.number]
    assert numbers(Filters(unassigned=True)) == [second.number]
    assert numbers(Filters(municipality="0301")) == [second.number]
    assert numbers(Filters(text=second.number)) == [second.number]
    assert counted(office).municipalities["0301"] == 1
