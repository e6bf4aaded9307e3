"""A form that changes while the call is open: drafts follow, nothing is lost, what is sent stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Role
from runde.foundation.trust.api import NotAllowed
from runde.grants.applications.api import (
    Application,
    claim_beginning,
    clone_application,
    is_seal_whole,
    preview_rebase,
    rebase_drafts,
    save_answers,
    submit_application,
)
from runde.grants.schemes.api import Call
from tests.factories import ANSWERS, a_call, a_draft, a_submitted, an_actor, an_applicant

from .papers import MORE, a_call_with, a_version_with, moved

LESS = tuple(one for one in MORE if one["slug"] != "story")


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


def test_it_is_shown_who_is_affected_and_nothing_is_stored(call: Call, at: datetime) -> None:
    told = a_draft(call=call, at=at, answers={"story": "Vi stengte.", "contact": "Kari"})
    a_draft(call=call, at=at, answers={"contact": "Ola"})
    a_submitted(call=call, at=at)
    version = a_version_with(at, *LESS, before=call.scheme_version)
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    shown = preview_rebase(call, version, by=manager)
    assert (shown.drafts, shown.sent, shown.removed, shown.added, shown.changed) == (2, 1, ("story",), (), ())
    [row] = shown.affected
    assert (row.application_id, row.set_aside, row.to_see) == (told.id, ("story",), ())
    assert "Vi stengte" not in str(row)
    assert Application.objects.get(id=told.id).scheme_version_id == call.scheme_version_id
    with pytest.raises(NotAllowed):
        preview_rebase(call, version, by=an_actor(Role.OFFICER, at=at))


def test_drafts_follow_and_the_applicant_is_told(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={"story": "Vi stengte.", "contact": "Kari"})
    before = a_submitted(call=call, at=at)
    version = moved(call, at, *LESS)
    stands = Application.objects.get(id=draft.id)
    assert (stands.scheme_version_id, stands.revision) == (version.id, 1)
    assert stands.answers == {"contact": "Kari"}
    assert stands.set_aside == {
        "story": {"label": "story", "text": "Vi stengte.", "type": "long_text", "value": "Vi stengte."}
    }
    [mail] = Notice.objects.filter(key__startswith="form_changed")
    assert mail.to_person_id == draft.applicant_id
    assert "Alle svarene dine er lagret" in mail.body
    sent = Application.objects.select_related("call", "scheme_version__form").get(id=before.id)
    assert sent.scheme_version_id != version.id
    assert is_seal_whole(sent)


def test_moving_again_moves_none(call: Call, at: datetime) -> None:
    a_draft(call=call, at=at)
    version = moved(call, at, *LESS)
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    assert rebase_drafts(call=call, to_version=version, by=manager, at=at) == []


def test_an_answer_comes_back_when_its_question_does(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={"story": "Vi stengte."})
    moved(call, at, *LESS)
    moved(call, at, *MORE)
    stands = Application.objects.get(id=draft.id)
    assert (stands.answers, stands.set_aside, stands.to_see) == ({"story": "Vi stengte."}, {}, ["story"])


def test_what_is_sent_after_a_move_lies_under_the_new_version(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at)
    version = moved(call, at, *LESS)
    by = an_applicant(draft.organisation_number, at=at)
    sent = submit_application(application=draft, key="k", by=by, at=at)
    assert sent.facts["scheme_version"] == str(version.id)
    assert is_seal_whole(sent)


@pytest.mark.parametrize("count", [1, 3])
def test_moving_drafts_takes_a_fixed_number_of_statements(call: Call, at: datetime, count: int) -> None:
    for _ in range(count):
        a_draft(call=call, at=at, answers={"story": "a"})
    version = a_version_with(at, *LESS, before=call.scheme_version)
    manager = an_actor(Role.SCHEME_MANAGER, at=at)
    with CaptureQueriesContext(connection) as queries:
        assert len(rebase_drafts(call=call, to_version=version, by=manager, at=at)) == count
    assert len(queries) == 11


def test_last_years_answers_come_along_to_be_looked_at(call: Call, at: datetime) -> None:
    last = a_submitted(call=call, at=at, answers={"contact": "Kari", "story": "Vi stengte."})
    by = an_applicant(last.organisation_number, at=at)
    later = at + timedelta(days=365)
    new_call = a_call(at=later, scheme_version=a_version_with(at, *LESS, before=call.scheme_version))
    draft = clone_application(source=last, call=new_call, by=by, at=later)
    kept = set(ANSWERS) - {"declaration"} | {"contact"}
    assert set(draft.answers) == kept
    assert (set(draft.to_see), draft.cloned_from, draft.state) == (kept, last.id, "draft")
    assert draft.set_aside["story"]["text"] == "Vi stengte."
    with pytest.raises(NotAllowed):
        clone_application(source=last, call=new_call, by=an_applicant(at=at), at=later)


def test_an_old_secret_is_as_none(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={"contact": "Kari"})
    by = an_applicant(draft.organisation_number, at=at)
    same = claim_beginning(
        secret="finnes ikke", call=call, organisation_number=draft.organisation_number, by=by, at=at
    )
    assert (same.id, same.answers) == (draft.id, {"contact": "Kari"})


def test_a_page_from_before_the_move_saves_what_still_has_a_question(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={"contact": "Kari"})
    by = an_applicant(draft.organisation_number, at=at)
    moved(call, at, *LESS)
    saved = save_answers(
        application=draft, raw={"contact": "Ola", "story": "ny"}, expected_revision=0, by=by, at=at
    )
    assert (saved.application.answers, saved.gone) == ({"contact": "Ola"}, ("story",))
