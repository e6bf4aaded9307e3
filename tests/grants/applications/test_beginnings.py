"""Answering before signing in: kept for whoever holds the secret, for fourteen days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from runde.foundation.trust.api import NotFound
from runde.grants.applications.api import (
    Beginning,
    NotOpen,
    begin,
    claim_beginning,
    delete_old_drafts,
    find_beginning,
    save_beginning,
)
from runde.grants.schemes.api import Call
from tests.factories import CompanyFactory, a_draft, an_applicant

from .papers import MORE, a_call_with, moved


@pytest.fixture
def call(tenant: object, at: datetime) -> Call:
    return a_call_with(at, *MORE)


def test_only_a_digest_of_the_secret_is_stored(call: Call, at: datetime) -> None:
    begun = begin(call=call, at=at)
    assert len(begun.secret) >= 32
    assert begun.secret not in str(Beginning.objects.values().get())
    assert find_beginning(begun.secret, at) == begun.beginning
    assert find_beginning(begun.secret + "x", at) is None


def test_answers_are_saved_page_by_page_and_hidden_ones_kept(call: Call, at: datetime) -> None:
    secret = begin(call=call, at=at).secret
    save_beginning(secret=secret, raw={"hires": "yes", "hired": "3"}, at=at)
    saved = save_beginning(secret=secret, raw={"hires": "no", "hired": "", "fixed_costs": "mye"}, at=at)
    assert set(saved.reading.errors) == {"fixed_costs"}
    assert saved.beginning.answers == {"hires": False, "hired": 3}
    assert saved.beginning.unread == {"fixed_costs": "mye"}


def test_who_signs_in_takes_it_over_and_the_secret_is_done(call: Call, at: datetime) -> None:
    secret = begin(call=call, at=at).secret
    save_beginning(secret=secret, raw={"contact": "Kari", "fixed_costs": "mye"}, at=at)
    number = CompanyFactory.create().orgnr
    by = an_applicant(number, at=at)
    draft = claim_beginning(secret=secret, call=call, organisation_number=number, by=by, at=at)
    assert (draft.answers, draft.unread) == ({"contact": "Kari"}, {"fixed_costs": "mye"})
    assert find_beginning(secret, at) is None
    left = Beginning.objects.get()
    assert (left.answers, left.unread, left.application_id) == ({}, {}, draft.id)
    with pytest.raises(NotFound, match="14 dager"):
        save_beginning(secret=secret, raw={"contact": "Ola"}, at=at)


def test_what_the_companys_draft_says_stands_and_the_other_is_set_aside(call: Call, at: datetime) -> None:
    draft = a_draft(call=call, at=at, answers={"contact": "Kari"})
    secret = begin(call=call, at=at).secret
    save_beginning(secret=secret, raw={"contact": "Ola", "story": "Vi stengte."}, at=at)
    by = an_applicant(draft.organisation_number, at=at)
    same = claim_beginning(
        secret=secret, call=call, organisation_number=draft.organisation_number, by=by, at=at
    )
    assert (same.id, same.answers) == (draft.id, {"contact": "Kari", "story": "Vi stengte."})
    assert same.set_aside["contact"]["value"] == "Ola"


def test_it_follows_the_form_when_it_is_taken_over(call: Call, at: datetime) -> None:
    secret = begin(call=call, at=at).secret
    save_beginning(secret=secret, raw={"contact": "Kari", "story": "Vi stengte."}, at=at)
    moved(call, at, *(one for one in MORE if one["slug"] != "story"))
    number = CompanyFactory.create().orgnr
    by = an_applicant(number, at=at)
    draft = claim_beginning(secret=secret, call=call, organisation_number=number, by=by, at=at)
    assert (draft.answers, draft.set_aside["story"]["value"]) == ({"contact": "Kari"}, "Vi stengte.")


def test_after_fourteen_days_it_is_gone(call: Call, at: datetime) -> None:
    secret = begin(call=call, at=at).secret
    assert find_beginning(secret, at + timedelta(days=13, hours=23)) is not None
    late = at + timedelta(days=14)
    assert find_beginning(secret, late) is None
    delete_old_drafts(at=late)
    assert Beginning.objects.count() == 0


def test_nobody_begins_on_a_call_that_is_closed(call: Call) -> None:
    with pytest.raises(NotOpen):
        begin(call=call, at=call.closes_at)
