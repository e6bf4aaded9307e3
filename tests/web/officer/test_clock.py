"""The clock on the case page, and an officer's word that it takes longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Delay, lateness_by_call, tell_waiting
from runde.web.officer.calls import calls_table
from tests.journeys.region import PIZZA
from tests.web.officer.conftest import Moss
from tests.web.officer.test_cases import address, declare
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
FORM = {"delay_reason": "many_applications", "delay_words": "Vi er to på jobb.", "key": "k"}


@pytest.fixture
def officer(moss: Moss) -> Client:
    client = moss.as_("officer")
    declare(client, moss.case(PIZZA))
    return client


def in_days(count: int) -> str:
    return (timezone.localdate() + timedelta(days=count)).strftime("%d.%m.%Y")


def test_the_page_tells_the_day_and_what_comes_next(moss: Moss, officer: Client) -> None:
    said = text_of(officer.get(address(moss.case(PIZZA))))
    assert "Dag 0 av" in said
    assert "vil Runde sende foreløpig svar" in said


def test_a_delay_is_said_once_and_shown_with_what_was_told(moss: Moss, officer: Client) -> None:
    case = moss.case(PIZZA)
    for _ in range(2):
        pressed = officer.post(f"{address(case)}forsinkelse/", {**FORM, "expected": in_days(60)})
        assert pressed.status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert Delay.objects.count() == 1
        tell_waiting(at=timezone.now() + timedelta(days=45))
    said = text_of(officer.get(address(case)))
    assert "Foreløpig svar sendt" in said
    assert "Vi har fått flere søknader enn vi regnet med. Vi er to på jobb." in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expected": "snart"}, "Skriv dag, måned og år"),
        ({"expected": in_days(0)}, "Dagen må være fra i morgen av"),
        ({"delay_reason": ""}, "Velg hvorfor det tar lengre tid."),
        ({"delay_reason": "other", "delay_words": " "}, "Skriv hvorfor svaret tar lengre tid"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    moss: Moss, officer: Client, change: dict[str, str], sentence: str
) -> None:
    typed = {**FORM, "expected": in_days(60), **change}
    page = officer.post(f"{address(moss.case(PIZZA))}forsinkelse/", typed)
    assert page.status_code in (200, 422)
    assert sentence in text_of(page)
    assert typed["delay_words"].strip() in text_of(page)
    with fence(moss.region.moss.tenant.id):
        assert not Delay.objects.exists()


CALL_PAGE = "/moss/oversikt/forsinkelse/"


def test_a_delay_is_said_to_everybody_who_waits_in_the_call(moss: Moss) -> None:
    manager = moss.as_("manager")
    page = manager.get(CALL_PAGE)
    count = len(moss.cases())
    assert f"Si fra til {count} søkere" in text_of(page)
    for _ in range(2):
        pressed = manager.post(CALL_PAGE, {**FORM, "expected": in_days(90)})
        assert pressed.status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert [one.case_id for one in Delay.objects.all()] == [None]
        assert tell_waiting(at=timezone.now() + timedelta(days=45)) == count
    said = text_of(manager.get(CALL_PAGE))
    assert "Sagt før om hele utlysningen" in said
    assert f"Har fått foreløpig svar {count} saker" in said
    assert f"Venter, med foreløpig svar {count} saker" in text_of(manager.get("/moss/oversikt/"))


def test_a_case_with_a_day_of_its_own_keeps_it(moss: Moss, officer: Client) -> None:
    case = moss.case(PIZZA)
    officer.post(f"{address(case)}forsinkelse/", {**FORM, "expected": in_days(60)})
    said = text_of(moss.as_("manager").get(CALL_PAGE))
    assert f"Si fra til {len(moss.cases()) - 1} søkere" in said
    assert "1 sak med en egen dag blir ikke endret." in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expected": "snart"}, "Skriv dag, måned og år"),
        ({"expected": in_days(0)}, "Dagen må være fra i morgen av"),
        ({"delay_reason": ""}, "Velg hvorfor det tar lengre tid."),
        ({"delay_reason": "other", "delay_words": " "}, "Skriv hvorfor svaret tar lengre tid"),
    ],
)
def test_what_is_wrong_with_a_word_to_the_call_is_said(
    moss: Moss, change: dict[str, str], sentence: str
) -> None:
    typed = {**FORM, "expected": in_days(60), **change}
    page = moss.as_("officer").post(CALL_PAGE, typed)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert typed["delay_words"].strip() in text_of(page)
    with fence(moss.region.moss.tenant.id):
        assert not Delay.objects.exists()


def test_who_only_reads_may_not_say_it(moss: Moss) -> None:
    assert moss.as_("auditor").get(CALL_PAGE).status_code == 403
    assert "Si fra at svarene tar lengre tid" not in text_of(moss.as_("auditor").get("/moss/oversikt/"))


def test_the_choice_of_call_shows_how_each_keeps_its_time(moss: Moss) -> None:
    with fence(moss.region.moss.tenant.id):
        at = timezone.now()
        late = lateness_by_call(at + timedelta(days=400))
        table = calls_table("overview", "moss", late=late)
    assert [one.name for one in table.columns][3:] == ["Over fristen", "Foreløpig svar"]
    [row] = [one for one in table.rows if one.tone == "warning"]
    assert [one.text for one in row.cells[3:]] == [f"{len(moss.cases())} saker", "0 saker"]
