"""The officer writes, asks, and sees what the applicant has done after sending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from runde.foundation.notices.models import Notice
from runde.foundation.people.api import get_actor, get_person
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    InformationRequest,
    Message,
    confirm_reading,
    draft_appeal,
    draft_message,
    send_appeal,
    send_message,
)
from tests.journeys.region import CAFE, PIZZA, decide_as_checked
from tests.web.officer.conftest import Moss
from tests.web.officer.test_cases import address, declare
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(moss: Moss) -> Client:
    client = moss.as_("officer")
    declare(client, moss.case(PIZZA))
    return client


def dialog(case: Case) -> str:
    return f"{address(case)}dialog/"


def write(client: Client, case: Case, text: str, **more: object) -> object:
    return client.post(f"{address(case)}melding/", {"message": text, "key": text, **more})


def applicants_say(moss: Moss, case: Case, text: str) -> None:
    at = timezone.now()
    with fence(moss.region.moss.tenant.id):
        by = get_actor(get_person(case.application.applicant_id), on=timezone.localdate(at))
        draft = draft_message(case_id=case.id, by=by, at=at, from_applicant=True)
        send_message(message_id=draft.id, text=text, by=by, at=at)


def test_a_message_is_sent_once_however_often_the_button_is_pressed(moss: Moss, officer: Client) -> None:
    case = moss.case(PIZZA)
    for _ in range(2):
        assert write(officer, case, "Vi ser på saken.").status_code == 302  # type: ignore[attr-defined]
    with fence(moss.region.moss.tenant.id):
        assert Message.objects.get().text == "Vi ser på saken."
        assert Notice.objects.filter(key__startswith="message:").count() == 1
    assert "Vi ser på saken." in text_of(officer.get(dialog(case)))


def test_an_empty_message_is_sent_back_with_what_is_missing(moss: Moss, officer: Client) -> None:
    page = write(officer, moss.case(PIZZA), "  ")
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "Skriv en melding" in text_of(page)


def test_a_bad_file_keeps_what_was_typed(moss: Moss, officer: Client) -> None:
    bad = SimpleUploadedFile("farlig.pdf", b"MZ\x90", content_type="application/pdf")
    page = write(officer, moss.case(PIZZA), "Se vedlegget.", files=bad)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "Se vedlegget." in text_of(page)
    with fence(moss.region.moss.tenant.id):
        assert not Message.objects.filter(sent_at__isnull=False).exists()


def test_asking_stops_the_clock_until_somebody_ends_it(moss: Moss, officer: Client) -> None:
    case = moss.case(PIZZA)
    due = timezone.localdate() + timedelta(days=7)
    form = {"question": "Hvor mange ansatte?", "due": f"{due:%d.%m.%Y}", "key": "a"}
    assert officer.post(f"{address(case)}sporsmal/", form).status_code == 302
    assert "Hvor mange ansatte?" in text_of(officer.get(dialog(case)))
    with fence(moss.region.moss.tenant.id):
        asked = InformationRequest.objects.get()
    assert officer.post(f"{address(case)}sporsmal/{asked.id}/avslutt/").status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert not InformationRequest.objects.get().is_open


@pytest.mark.parametrize("due", ["", "i morgen", "31.02.2027", "01.01.2020"])
def test_a_day_that_is_none_is_sent_back(moss: Moss, officer: Client, due: str) -> None:
    page = officer.post(
        f"{address(moss.case(PIZZA))}sporsmal/", {"question": "Hvorfor?", "due": due, "key": "a"}
    )
    assert page.status_code == 422
    assert "Hvorfor?" in text_of(page)


def test_what_the_applicant_writes_is_new_until_somebody_says_it_is_read(moss: Moss, officer: Client) -> None:
    case = moss.case(PIZZA)
    applicants_say(moss, case, "Når får vi svar?")
    assert "Ny melding fra søkeren" in text_of(officer.get(address(case)))
    for _ in range(2):
        page = officer.get(dialog(case))
        assert "Når får vi svar?" in text_of(page)
        assert "Dialog (1 ny)" in text_of(page)
    with fence(moss.region.moss.tenant.id):
        assert Message.objects.get().read_at is None
    assert officer.post(f"{address(case)}lest/").status_code == 302
    with fence(moss.region.moss.tenant.id):
        assert Message.objects.get().read_by == moss.region.moss.staff["officer"].id
    assert "Ny melding fra søkeren" not in text_of(officer.get(address(case)))


def test_an_appeal_stands_in_the_list_and_on_the_case(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    case, officer = moss.case(CAFE), moss.as_("officer")
    at = timezone.now()
    with fence(moss.region.moss.tenant.id):
        decision = Decision.objects.get(case=case)
        by = get_actor(get_person(case.application.applicant_id), on=timezone.localdate(at))
        confirm_reading(decision_id=decision.id, by=by, at=at)
        draft = draft_appeal(decision_id=decision.id, by=by, at=at)
        appeal = send_appeal(appeal_id=draft.id, text="Vi er uenige.", by=by, at=at)
    listed = officer.get("/moss/klager/")
    assert heading_of(listed) == "1 av 1 klager venter"
    assert case.number in text_of(listed)
    page = text_of(officer.get(address(case)))
    assert "Kom i tide." in page
    assert "Lest av søkeren" in page
    assert f"/moss/klager/{appeal.id}/" in officer.get("/moss/klager/").content.decode()


def test_others_than_officers_do_not_write(moss: Moss) -> None:
    case = moss.case(PIZZA)
    for who in ("approver", "finance", "auditor"):
        assert write(moss.as_(who), case, "Hei.").status_code == 403  # type: ignore[attr-defined]
