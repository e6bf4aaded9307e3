"""Saving: page by page, nothing readable lost, nobody's work written over unseen."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from runde.foundation.journal.models import Event
from runde.foundation.people.api import Actor
from runde.foundation.trust.api import NotAllowed
from runde.grants.applications.api import (
    AnswerChange,
    Application,
    preview,
    save_answers,
)
from runde.grants.schemes.api import Call
from tests.factories import a_draft, an_applicant


@pytest.fixture
def draft(call: Call, at: datetime) -> Application:
    return a_draft(call=call, at=at)


@pytest.fixture
def owner(draft: Application, at: datetime) -> Actor:
    return an_applicant(draft.organisation_number, at=at)


def stored(draft: Application) -> Application:
    return Application.objects.get(id=draft.id)


def test_a_pages_answers_are_stored_and_the_others_stay(
    draft: Application, owner: Actor, at: datetime
) -> None:
    later = at + timedelta(minutes=5)
    saved = save_answers(
        application=draft, raw={"fixed_costs": "190.000 kr"}, expected_revision=0, by=owner, at=later
    )
    assert saved.reading.errors == {}
    now = stored(draft)
    assert now.answers == draft.answers | {"fixed_costs": "190000"}
    assert (now.revision, now.saved_at, now.saved_by) == (1, later, owner.person_id)
    change = AnswerChange.objects.get()
    assert change.changed == {"fixed_costs": ["180000", "190000"]}
    assert (change.revision, change.by, change.at) == (1, owner.person_id, later)
    assert not Event.objects.filter(action__startswith="applications.saved").exists()


def test_an_unreadable_answer_is_told_and_the_readable_ones_are_stored(
    draft: Application, owner: Actor, at: datetime
) -> None:
    raw = {"fixed_costs": "mye", "revenue_period": "1"}
    saved = save_answers(application=draft, raw=raw, expected_revision=0, by=owner, at=at)
    assert set(saved.reading.errors) == {"fixed_costs"}
    assert stored(draft).answers == draft.answers | {"revenue_period": "1"}


def test_what_is_emptied_is_emptied_also_an_unticked_box(
    draft: Application, owner: Actor, at: datetime
) -> None:
    save_answers(
        application=draft,
        raw={"account_number": " "},
        asked=["account_number", "declaration"],
        expected_revision=0,
        by=owner,
        at=at,
    )
    assert set(draft.answers) - set(stored(draft).answers) == {"account_number", "declaration"}


def test_two_writers_the_second_sees_what_the_first_wrote(
    draft: Application, owner: Actor, at: datetime
) -> None:
    other = an_applicant(draft.organisation_number, at=at)
    save_answers(application=draft, raw={"fixed_costs": "1"}, expected_revision=0, by=other, at=at)
    saved = save_answers(application=draft, raw={"fixed_costs": "2"}, expected_revision=0, by=owner, at=at)
    [met] = saved.conflicts
    assert (met.slug, met.mine, met.theirs, met.was) == ("fixed_costs", "2", "1", "180000")
    assert (met.by, met.at, saved.page_revision) == (other.person_id, at, 0)
    assert stored(draft).answers["fixed_costs"] == "1"
    revision = saved.application.revision
    save_answers(application=draft, raw={"fixed_costs": "2"}, expected_revision=revision, by=owner, at=at)
    assert stored(draft).answers["fixed_costs"] == "2"


def test_the_same_page_posted_twice_is_no_conflict(draft: Application, owner: Actor, at: datetime) -> None:
    for _ in range(2):
        saved = save_answers(
            application=draft, raw={"fixed_costs": "5"}, expected_revision=0, by=owner, at=at
        )
    assert saved.application.revision == 1
    assert AnswerChange.objects.count() == 1


def test_a_stranger_saves_nothing(draft: Application, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        save_answers(
            application=draft, raw={"fixed_costs": "5"}, expected_revision=0, by=an_applicant(at=at), at=at
        )


def test_a_draft_can_be_saved_after_the_deadline(draft: Application, owner: Actor, call: Call) -> None:
    late = call.closes_at + timedelta(days=1)
    save_answers(application=draft, raw={"fixed_costs": "5"}, expected_revision=0, by=owner, at=late)
    assert stored(draft).answers["fixed_costs"] == "5"


def test_a_preview_says_verdict_and_amount_and_stores_nothing(draft: Application, at: datetime) -> None:
    shown = preview(draft, {"fixed_costs": "200 000"}, at)
    # 200 000 × 60 % × 85 % − 5 000 = 97 000
    assert (shown.verdict.lane, shown.amount_nok) == ("green", Decimal(97_000))
    assert preview(draft, {"revenue_period": "700 000"}, at).verdict.lane == "red"
    assert preview(draft, {"revenue_period": "600 000"}, at).verdict.lane == "yellow"
    assert stored(draft).answers == draft.answers


def test_a_preview_leaves_out_what_it_cannot_read(draft: Application, at: datetime) -> None:
    shown = preview(draft, {"fixed_costs": "mye"}, at)
    assert set(shown.reading.errors) == {"fixed_costs"}
    assert (shown.verdict.lane, shown.amount_nok) == ("yellow", None)


def test_the_comparison_must_be_above_zero_and_costs_not_below(draft: Application, at: datetime) -> None:
    shown = preview(draft, {"revenue_comparison": "0", "fixed_costs": "-1", "account_number": "1"}, at)
    assert {slug: text.split(".")[0] for slug, text in shown.reading.errors.items()} == {
        "revenue_comparison": "Omsetningen i 2025 må være høyere enn 0 kroner",
        "fixed_costs": "De faste kostnadene kan ikke være lavere enn 0 kroner",
        "account_number": "Kontonummeret må ha 11 siffer",
    }
