"""Internal notes, what is public, and a case that goes elsewhere when somebody declares an interest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from runde.engine.reference.api import UnknownFigure, list_openness_grounds, openness_ground
from runde.foundation.journal.api import events_of
from runde.foundation.people.api import Actor, Role
from runde.foundation.trust.api import NotAllowed, NotFound, Refused
from runde.grants.casework.api import (
    Case,
    InternalNote,
    OpennessMark,
    Unsaid,
    assign_cases,
    declare_impartiality,
    draft_message,
    mark_openness,
    openness_of,
    send_message,
    write_note,
)
from tests.factories import an_actor

from .conftest import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office: Office) -> Case:
    return office.yellow()


def mark(office: Office, case: Case, kind: str, subject: object, ground: str, note: str = "") -> OpennessMark:
    return mark_openness(
        case_id=case.id,
        kind=kind,
        subject_id=str(subject),
        is_exempt=bool(ground),
        ground=ground,
        note=note,
        by=office.officer,
        at=office.at,
    )


def message(office: Office, case: Case) -> str:
    draft = draft_message(case_id=case.id, by=office.officer, at=office.at, from_applicant=False)
    sent = send_message(message_id=draft.id, text="Hei.", by=office.officer, at=office.at)
    return str(sent.id)


def test_a_note_is_kept_as_written_and_the_journal_does_not_tell_what_it_says(
    office: Office, case: Case
) -> None:
    note = write_note(case_id=case.id, text=" Ring revisoren. ", by=office.officer, at=office.at)
    assert (note.text, note.written_by, note.written_at) == (
        "Ring revisoren.",
        office.officer.person_id,
        office.at,
    )
    [told] = [one for one in events_of([("case", case.id)]) if one.action == "casework.note_written"]
    assert "revisor" not in str(told.payload)
    with pytest.raises(DatabaseError), transaction.atomic():
        InternalNote.objects.update(text="Noe annet.")


def test_an_empty_note_is_refused(office: Office, case: Case) -> None:
    with pytest.raises(Unsaid):
        write_note(case_id=case.id, text=" ", by=office.officer, at=office.at)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE, Role.SCHEME_MANAGER])
def test_others_write_no_notes_and_set_no_marks(office: Office, case: Case, role: Role) -> None:
    other = an_actor(role, at=office.at)
    with pytest.raises(NotAllowed):
        write_note(case_id=case.id, text="Hei.", by=other, at=office.at)
    with pytest.raises(NotAllowed):
        mark_openness(
            case_id=case.id, kind="answer", subject_id="fixed_costs", is_exempt=False, by=other, at=office.at
        )


def test_all_is_public_but_notes_and_personal_answers(office: Office, case: Case) -> None:
    openness = openness_of([case.id], at=office.at)[case.id]
    assert not openness.access("message", "x").is_exempt
    personal = openness.access("answer", "x", is_personal=True)
    assert personal.ground is not None
    assert (personal.ground.code, personal.party_sees) == ("personal", True)
    note = openness.access("note", "x")
    assert note.ground is not None
    assert (note.ground.reference["nb"], note.party_sees) == ("offl. § 14", False)


def test_the_newest_mark_counts_and_the_older_stand(office: Office, case: Case) -> None:
    subject = message(office, case)
    mark(office, case, "message", subject, "trade_secret", "Priser")
    mark(office, case, "message", subject, "")
    assert not openness_of([case.id], at=office.at)[case.id].access("message", subject).is_exempt
    assert list(OpennessMark.objects.order_by("number").values_list("number", "ground")) == [
        (1, "trade_secret"),
        (2, ""),
    ]


def test_a_mark_counts_from_when_it_was_made(office: Office, case: Case) -> None:
    subject = message(office, case)
    mark(office, case, "message", subject, "obtained")
    before = openness_of([case.id], at=office.at - timedelta(seconds=1))[case.id]
    assert not before.access("message", subject).is_exempt


@pytest.mark.parametrize("ground", ["no_such", "personlig"])
def test_exempt_without_a_ground_in_the_law_is_refused(office: Office, case: Case, ground: str) -> None:
    with pytest.raises(Refused):
        mark(office, case, "answer", "fixed_costs", ground)
    with pytest.raises(Refused):
        mark_openness(
            case_id=case.id,
            kind="answer",
            subject_id="fixed_costs",
            is_exempt=True,
            by=office.officer,
            at=office.at,
        )


def test_what_is_in_another_case_cannot_be_marked(office: Office, case: Case) -> None:
    elsewhere = message(office, office.red())
    for kind, subject in (
        ("message", elsewhere),
        ("answer", "no_such"),
        ("note", "not-an-id"),
        ("rumour", "x"),
    ):
        with pytest.raises(NotFound):
            mark(office, case, kind, subject, "personal")


def test_the_law_is_read_by_its_day() -> None:
    assert {ground.code: ground.party_sees for ground in list_openness_grounds(date(2026, 11, 23))} == {
        "personal": True,
        "trade_secret": True,
        "others_secret": False,
        "internal": False,
        "obtained": False,
        "economy": True,
        "national_id": True,
    }
    with pytest.raises(UnknownFigure):
        openness_ground("internal", date(2008, 12, 31))


def declare_interest(case: Case, by: Actor, office: Office) -> None:
    declare_impartiality(case_id=case.id, is_impartial=False, reason="Svoger.", by=by, at=office.at)
    case.refresh_from_db()


def test_a_case_goes_to_the_officer_with_fewest_when_its_own_declares(office: Office, case: Case) -> None:
    busy, free = an_actor(Role.OFFICER, at=office.at), an_actor(Role.OFFICER, at=office.at)
    assign_cases(case_ids=[office.red().id], to=busy.person_id, by=office.officer, at=office.at)
    assign_cases(case_ids=[case.id], to=office.officer.person_id, by=office.officer, at=office.at)
    declare_interest(case, office.officer, office)
    assert case.assigned_to == free.person_id
    declare_interest(case, free, office)
    assert case.assigned_to == busy.person_id
    declare_interest(case, busy, office)
    assert case.assigned_to is None


def test_a_case_of_another_stays_with_them(office: Office, case: Case) -> None:
    other = an_actor(Role.OFFICER, at=office.at)
    assign_cases(case_ids=[case.id], to=other.person_id, by=office.officer, at=office.at)
    declare_interest(case, office.officer, office)
    assert case.assigned_to == other.person_id
