"""Two people in one application: who fills in may not send, and what is over is over."""

from __future__ import annotations

from datetime import datetime

import pytest

from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Actor, get_applicant
from runde.foundation.trust.api import Conflict, NotAllowed, NotFound
from runde.grants.applications.api import (
    Application,
    Participant,
    accept_participation,
    end_participation,
    get_application,
    invite_participant,
    list_for_actor,
    list_participants,
    save_answers,
    submit_application,
    withdraw_application,
)
from runde.grants.schemes.api import Call
from tests.factories import PersonFactory, a_draft, an_applicant


@pytest.fixture
def draft(call: Call, at: datetime) -> Application:
    return a_draft(call=call, at=at)


@pytest.fixture
def owner(draft: Application, at: datetime) -> Actor:
    return an_applicant(draft.organisation_number, at=at)


@pytest.fixture
def helper(at: datetime) -> Actor:
    return get_applicant(PersonFactory.create(), on=at.date())


def joined(draft: Application, owner: Actor, helper: Actor, role: str, at: datetime) -> Participant:
    invited = invite_participant(application=draft, email="Helper@Example.no ", role=role, by=owner, at=at)
    return accept_participation(participant=invited, by=helper, at=at)


def test_an_invitation_is_a_mail_with_a_link_and_opens_nothing_before_it_is_taken(
    draft: Application, owner: Actor, helper: Actor, at: datetime
) -> None:
    invited = invite_participant(
        application=draft, email="helper@example.no", role="fills_in", by=owner, at=at
    )
    mail = Notice.objects.get()
    assert (mail.to_email, "/o/" in mail.body, draft.company_name in mail.body) == (
        "helper@example.no",
        True,
        True,
    )
    with pytest.raises(NotFound):
        get_application(draft.id, helper)
    accept_participation(participant=invited, by=helper, at=at)
    assert get_application(draft.id, helper) == draft
    assert [one.id for one in list_for_actor(helper)] == [draft.id]


def test_who_fills_in_may_change_and_not_send_nor_withdraw_nor_invite(
    draft: Application, owner: Actor, helper: Actor, at: datetime
) -> None:
    joined(draft, owner, helper, "fills_in", at)
    saved = save_answers(application=draft, raw={"fixed_costs": "5"}, expected_revision=0, by=helper, at=at)
    assert saved.application.answers["fixed_costs"] == "5"
    with pytest.raises(NotAllowed, match="sende inn"):
        submit_application(application=draft, key="k", by=helper, at=at)
    with pytest.raises(NotAllowed):
        withdraw_application(application=draft, by=helper, at=at)
    with pytest.raises(NotAllowed):
        invite_participant(application=draft, email="x@example.no", role="signs", by=helper, at=at)


def test_who_signs_may_send(draft: Application, owner: Actor, helper: Actor, at: datetime) -> None:
    joined(draft, owner, helper, "signs", at)
    assert submit_application(application=draft, key="k", by=helper, at=at).state == "submitted"


def test_one_who_fills_in_for_the_company_does_not_send(
    draft: Application, owner: Actor, at: datetime
) -> None:
    only_fills = Actor(
        owner.person_id, owner.name, frozenset(), owner.companies, owner.vouched, owner.companies, owner.on
    )
    save_answers(application=draft, raw={"fixed_costs": "5"}, expected_revision=0, by=only_fills, at=at)
    with pytest.raises(NotAllowed):
        submit_application(application=draft, key="k", by=only_fills, at=at)


def test_when_it_is_over_the_application_is_not_there_and_the_history_is(
    draft: Application, owner: Actor, helper: Actor, at: datetime
) -> None:
    part = joined(draft, owner, helper, "signs", at)
    end_participation(participant=part, by=owner, at=at)
    with pytest.raises(NotFound):
        get_application(draft.id, helper)
    with pytest.raises(NotAllowed):
        save_answers(application=draft, raw={"fixed_costs": "5"}, expected_revision=0, by=helper, at=at)
    [kept] = list_participants(draft)
    assert (kept.person_id, kept.ended_by) == (helper.person_id, owner.person_id)
    with pytest.raises(Conflict, match="gjelder ikke lenger"):
        accept_participation(participant=part, by=helper, at=at)


def test_an_invitation_is_one_persons_and_one_leaves_by_oneself(
    draft: Application, owner: Actor, helper: Actor, at: datetime
) -> None:
    part = joined(draft, owner, helper, "fills_in", at)
    another = get_applicant(PersonFactory.create(), on=at.date())
    with pytest.raises(Conflict, match="brukt av en annen"):
        accept_participation(participant=part, by=another, at=at)
    with pytest.raises(NotAllowed):
        end_participation(participant=part, by=another, at=at)
    with pytest.raises(Conflict, match="allerede invitert"):
        invite_participant(application=draft, email="helper@example.no", role="signs", by=owner, at=at)
    assert end_participation(participant=part, by=helper, at=at).ended_by == helper.person_id
