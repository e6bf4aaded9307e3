"""The applicant's side of an appeal after it is sent, of demanded reasons and of a change without an appeal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from runde.foundation.people.api import Actor, get_actor
from runde.grants.casework.api import (
    Appeal,
    ReasonsDemand,
    Reversal,
    ask_appeal_correction,
    dismiss_appeal,
    notify_reversal,
    open_reversal,
)
from tests.journeys.appealing import add_others
from tests.web.pages import heading_of, text_of

from .conftest import Followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def appealed(followed: Followed) -> Followed:
    followed.sent(revenue=500000).decided().read()
    followed.post("klage/", text="Tallet for mai er feil.", wants_wait="yes")
    return followed


def appeal_of(followed: Followed) -> Appeal:
    with followed.inside():
        return Appeal.objects.get()


def another(followed: Followed) -> Actor:
    at = timezone.now()
    person = add_others(followed.region.moss, at)["other_officer"]
    with followed.inside():
        return get_actor(person, on=timezone.localdate(at))


def test_the_case_says_where_the_appeal_stands_and_leads_to_it(appealed: Followed) -> None:
    appeal = appeal_of(appealed)
    status = text_of(appealed.page())
    assert "Vi skal se på saken på nytt." in status
    page = appealed.page(f"klage/{appeal.id}/")
    assert heading_of(page) == "Vi skal se på saken på nytt"
    assert "Dere hører fra oss innen" in text_of(page)
    assert "Be oss vente" not in text_of(page)
    with appealed.inside():
        assert appeal.suspension.is_granted is None


def test_a_defect_is_a_task_with_its_day(appealed: Followed) -> None:
    appeal, by, at = appeal_of(appealed), another(appealed), timezone.now()
    with appealed.inside():
        ask_appeal_correction(
            appeal_id=appeal.id,
            words="Skriv hvilket beløp dere mener er riktig.",
            due_date=timezone.localdate(at) + timedelta(days=7),
            by=by,
            at=at,
        )
    assert "Rett klagen" in text_of(appealed.page())
    page = appealed.page(f"klage/{appeal.id}/rett/")
    assert "Skriv hvilket beløp dere mener er riktig." in text_of(page)
    assert appealed.post(f"klage/{appeal.id}/rett/", text="").status_code == 422
    assert "Klagen er rettet." in text_of(appealed.post(f"klage/{appeal.id}/rett/", text="90 000 kroner."))
    assert appeal_of(appealed).state == "received"


def test_a_dismissed_appeal_can_be_contested_once(appealed: Followed) -> None:
    appeal, by, at = appeal_of(appealed), another(appealed), timezone.now()
    with appealed.inside():
        dismiss_appeal(appeal_id=appeal.id, words="Dere har ikke klagerett.", by=by, at=at)
    page = appealed.page(f"klage/{appeal.id}/")
    assert heading_of(page) == "Klagen ble ikke behandlet"
    assert "Dere har ikke klagerett." in text_of(page)
    appealed.post(f"klage/{appeal.id}/ny-vurdering/", text="Det har vi.")
    assert appeal_of(appealed).state == "late"
    assert "Be om ny vurdering" not in text_of(appealed.page(f"klage/{appeal.id}/"))


def test_an_appeal_is_withdrawn_on_a_page_of_its_own(appealed: Followed) -> None:
    appeal = appeal_of(appealed)
    assert heading_of(appealed.page(f"klage/{appeal.id}/trekk/")) == "Vil dere trekke klagen?"
    assert "Klagen er trukket." in text_of(appealed.post(f"klage/{appeal.id}/trekk/"))
    assert appeal_of(appealed).result == "withdrawn"
    assert "Klagen har kommet videre." in text_of(appealed.page(f"klage/{appeal.id}/trekk/"))


def test_others_appeals_are_not_found(appealed: Followed) -> None:
    assert appealed.page(f"klage/{appealed.application.id}/").status_code == 404


def test_reasons_are_asked_for_and_the_period_waits(followed: Followed) -> None:
    followed.sent(revenue=500000).decided().read()
    path = f"begrunnelse/{followed.decision_id()}/"
    assert "Klagefristen stanser" in text_of(followed.page(path))
    assert "Vi har fått spørsmålet" in text_of(followed.post(path))
    assert "Klagefristen står stille" in text_of(followed.page("klage/"))
    with followed.inside():
        assert ReasonsDemand.objects.count() == 1


def test_what_may_be_changed_is_commented_on_in_time(followed: Followed) -> None:
    followed.sent(revenue=500000).decided().read()
    at = timezone.now()
    with followed.inside():
        by = followed.region.moss.actor("officer", at)
        reversal = open_reversal(
            decision_id=followed.decision_id(), ground="invalid", why="Feil tall.", by=by, at=at
        )
        notify_reversal(
            reversal_id=reversal.id,
            notice="Tallet for mai ser ut til å være feil.",
            comment_by_date=timezone.localdate(at) + timedelta(days=14),
            by=by,
            at=at,
        )
    assert "Si hva dere mener" in text_of(followed.page())
    path = f"uttalelse/{reversal.id}/"
    assert "Tallet for mai ser ut til å være feil." in text_of(followed.page(path))
    assert followed.post(path, text=" ").status_code == 422
    assert "Vi har fått svaret deres." in text_of(followed.post(path, text="Det stemmer."))
    with followed.inside():
        assert Reversal.objects.get().comment == "Det stemmer."
