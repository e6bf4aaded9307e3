"""Every act in every state, and withdrawal."""

from __future__ import annotations

from datetime import datetime

import pytest

from runde.foundation.journal.models import Event
from runde.foundation.people.api import Role
from runde.foundation.trust.api import Conflict, NotAllowed, Refused
from runde.grants.applications.api import (
    Application,
    application_submitted,
    application_withdrawn,
    is_seal_whole,
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from runde.grants.applications.domain.states import TRANSITIONS, Act, state_after
from runde.grants.schemes.api import Call
from tests.factories import a_draft, a_submitted, an_actor, an_applicant


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    for signal in (application_submitted, application_withdrawn):
        monkeypatch.setattr(signal, "receivers", [])


def an_application(state: str, call: Call, at: datetime) -> Application:
    if state == "submitted":
        return a_submitted(call=call, at=at)
    draft = a_draft(call=call, at=at)
    if state == "withdrawn":
        by = an_applicant(draft.organisation_number, at=at)
        return withdraw_application(application=draft, by=by, at=at)
    return draft


def perform(act: Act, application: Application, at: datetime) -> str:
    by = an_applicant(application.organisation_number, at=at)
    match act:
        case Act.SAVE:
            raw = {"fixed_costs": "7"}
            saved = save_answers(
                application=application, raw=raw, expected_revision=application.revision, by=by, at=at
            )
            return saved.application.state
        case Act.SUBMIT:
            return submit_application(application=application, key="k", by=by, at=at).state
        case Act.WITHDRAW:
            return withdraw_application(application=application, by=by, at=at).state


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", Application.State.values)
def test_every_act_in_every_state(call: Call, at: datetime, state: str, act: Act) -> None:
    application = an_application(state, call, at)
    before = Application.objects.values().get(id=application.id)
    after = TRANSITIONS.get((state, act))
    if after is None:
        with pytest.raises(Conflict):
            perform(act, application, at)
        assert Application.objects.values().get(id=application.id) == before
    else:
        assert perform(act, application, at) == after
        assert Application.objects.get(id=application.id).state == after


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", Application.State.values)
def test_every_refusal_has_a_sentence(state: str, act: Act) -> None:
    if (state, act) in TRANSITIONS:
        assert state_after(state, act) == TRANSITIONS[state, act]
        return
    with pytest.raises(Conflict) as refused:
        state_after(state, act)
    assert refused.value.sentence.startswith("Søknaden er ")


def test_what_was_sent_stays_sealed_when_withdrawn_and_a_new_one_may_begin(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    by = an_applicant(sent.organisation_number, at=at)
    withdraw_application(application=sent, by=by, at=at)
    assert is_seal_whole(Application.objects.get(id=sent.id))
    again = start_application(call=call, organisation_number=sent.organisation_number, by=by, at=at)
    assert again.id != sent.id
    assert submit_application_count() == 1


def submit_application_count() -> int:
    return Event.objects.filter(action="applications.submitted").count()


def test_a_room_above_can_refuse_a_withdrawal(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)

    def refuse(**_: object) -> None:
        raise Refused("Saken er avgjort.")

    application_withdrawn.connect(refuse)
    with pytest.raises(Refused, match="avgjort"):
        withdraw_application(application=sent, by=an_applicant(sent.organisation_number, at=at), at=at)
    assert Application.objects.get(id=sent.id).state == "submitted"


def test_staff_do_not_withdraw_for_a_company(call: Call, at: datetime) -> None:
    sent = a_submitted(call=call, at=at)
    with pytest.raises(NotAllowed):
        withdraw_application(application=sent, by=an_actor(*Role, at=at), at=at)
