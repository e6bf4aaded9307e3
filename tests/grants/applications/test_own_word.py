"""Whoever only says themselves that they act for a company sees what they have written, not what others have."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from runde.foundation.people.api import Actor, Mandate, get_applicant, give_mandate
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound
from runde.grants.applications.api import (
    Application,
    get_application,
    list_for_actor,
    save_answers,
    start_application,
)
from runde.grants.schemes.api import Call
from tests.factories import PersonFactory, a_draft


def on_own_word(organisation_number: str, at: datetime) -> Actor:
    person = PersonFactory.create()
    give_mandate(
        person=person,
        organisation_number=organisation_number,
        source=Mandate.Source.DECLARED,
        valid_from=date(2020, 1, 1),
    )
    return get_applicant(person, on=at.date())


@pytest.fixture
def draft(call: Call, at: datetime) -> Application:
    return a_draft(call=call, at=at)


def test_they_do_not_find_the_others_application(draft: Application, at: datetime) -> None:
    stranger = on_own_word(draft.organisation_number, at)
    assert list_for_actor(stranger) == []
    with pytest.raises(NotFound):
        get_application(draft.id, stranger)


def test_they_cannot_write_in_it(draft: Application, at: datetime) -> None:
    stranger = on_own_word(draft.organisation_number, at)
    with pytest.raises(NotAllowed):
        save_answers(application=draft, raw={}, expected_revision=draft.revision, by=stranger, at=at)


def test_starting_does_not_hand_them_the_others_draft(draft: Application, at: datetime) -> None:
    stranger = on_own_word(draft.organisation_number, at)
    with pytest.raises(Conflict):
        start_application(call=draft.call, organisation_number=draft.organisation_number, by=stranger, at=at)


def test_they_may_start_one_of_their_own_and_find_it(call: Call, draft: Application, at: datetime) -> None:
    other = a_draft(call=call, at=at).organisation_number
    Application.objects.filter(organisation_number=other).delete()
    applicant = on_own_word(other, at)
    mine = start_application(call=call, organisation_number=other, by=applicant, at=at)
    assert list_for_actor(applicant) == [mine]
