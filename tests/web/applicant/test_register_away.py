"""One may add a company and begin while the register is away; nothing is asked twice, nothing stands empty unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from runde.engine.reference.api import format_orgnr, synthetic_orgnr
from runde.foundation.companies.api import connect_look_up, disconnect_look_up
from runde.foundation.companies.models import RegisterContact
from runde.foundation.people.api import Mandate, give_mandate
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application, tell_waiting
from tests.fakes.register import FakeRegister, answer, branch_answer
from tests.journeys.region import CAFE_UNIT, CALL, Region
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
NUMBER, BRANCH = synthetic_orgnr(700_001), synthetic_orgnr(700_003)
START = f"/moss/utlysninger/{CALL}/sok/"
DECLARE = "/min-side/virksomheter/ny/"


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister()
    connect_look_up(fake)
    yield fake
    disconnect_look_up()


@pytest.fixture
def newcomer(region: Region) -> None:
    give_mandate(
        person=region.applicant,
        organisation_number=NUMBER,
        source=Mandate.Source.APPROVED,
        evidence="",
        valid_from=region.at.date(),
    )


def declare(client: Client, number: str) -> str:
    facts = {"organisation_number": number, "role": "daglig leder", "is_true": "on"}
    return text_of(client.post(DECLARE, facts, follow=True))


def acts_for(region: Region, number: str) -> bool:
    return Mandate.objects.filter(person=region.applicant, organisation_number=number).exists()


def the_application(region: Region) -> Application:
    with fence(region.moss.tenant.id):
        return Application.objects.get(organisation_number=NUMBER)


def test_a_new_company_is_added_by_its_name(kari: Client, region: Region, register: FakeRegister) -> None:
    register.units[NUMBER] = answer(NUMBER)
    assert "Du kan nå søke for NYBAKT KAFÉ AS." in declare(kari, NUMBER)
    assert acts_for(region, NUMBER)


def test_one_goes_on_while_the_register_is_away(kari: Client, region: Region, register: FakeRegister) -> None:
    register.is_silent = True
    text = declare(kari, NUMBER)
    assert "Vi får ikke kontakt med Enhetsregisteret. Du kan fortsette." in text
    assert acts_for(region, NUMBER)


def test_a_number_the_register_does_not_know_is_refused(
    kari: Client, region: Region, register: FakeRegister
) -> None:
    assert "Vi finner ikke nummeret i Enhetsregisteret." in declare(kari, NUMBER)
    assert not acts_for(region, NUMBER)


def test_a_branch_is_led_to_its_company(kari: Client, region: Region, register: FakeRegister) -> None:
    register.units[NUMBER], register.sub_units[BRANCH] = answer(NUMBER), branch_answer(BRANCH, NUMBER)
    text = declare(kari, BRANCH)
    number = " ".join(format_orgnr(NUMBER).split())
    assert f"Hovedvirksomheten er NYBAKT KAFÉ AS. Skriv nummeret {number}." in text
    assert "Nummeret hører til en avdeling. Hovedvirksomheten er KAFÉ KANALEN AS." in declare(kari, CAFE_UNIT)
    assert not acts_for(region, BRANCH)


def test_files_alone_can_say_no_only_while_they_are_new(kari: Client, region: Region) -> None:
    with override_settings(REGISTER_STALE_DAYS=10_000):
        assert "Vi finner ikke nummeret i Enhetsregisteret." in declare(kari, NUMBER)
    assert not acts_for(region, NUMBER)
    with override_settings(REGISTER_STALE_DAYS=-1):
        assert "Du kan fortsette." in declare(kari, NUMBER)
    assert acts_for(region, NUMBER)


@pytest.mark.usefixtures("newcomer")
def test_starting_looks_up_whom_we_do_not_hold(kari: Client, region: Region, register: FakeRegister) -> None:
    register.units[NUMBER] = answer(NUMBER)
    text = text_of(kari.get(START))
    assert "NYBAKT KAFÉ AS" in text
    assert "Navnet på virksomheten" not in text
    assert kari.post(START, {"organisation_number": NUMBER}).status_code == 302
    assert the_application(region).register_state == "known"


@pytest.mark.usefixtures("newcomer")
def test_starting_while_it_is_away_asks_for_the_name_and_tells_later(
    kari: Client, region: Region, register: FakeRegister
) -> None:
    register.is_silent = True
    assert "Vi får ikke hentet navnet fra Enhetsregisteret nå. Vi sjekker det senere." in text_of(
        kari.get(START)
    )
    typed = {"organisation_number": NUMBER, "company_name": "Nybakt kafé"}
    draft = kari.post(START, typed)["Location"].split("del/")[0]
    application = the_application(region)
    assert (application.register_state, application.company_name) == ("pending", "Nybakt kafé")
    page = text_of(kari.get(f"{draft}del/revenue/"))
    assert "Vi får ikke kontakt med Enhetsregisteret" in page
    assert "sier fra hvis noe endrer seg" in page
    facts = text_of(kari.get(f"{draft}opplysninger/"))
    assert "Vi får ikke hentet opplysninger fra Enhetsregisteret nå. Du kan fortsette på søknaden." in facts
    register.is_silent, register.units = False, {NUMBER: answer(NUMBER)}
    RegisterContact.objects.update(quiet_until_at=timezone.now() - timedelta(seconds=1))
    kari.get(START)  # whoever looks it up first brings it to the draft too
    with fence(region.moss.tenant.id):
        assert tell_waiting(at=region.at) == 1
    page = text_of(kari.get(f"{draft}del/revenue/"))
    assert "Enhetsregisteret sier noe nytt om virksomheten" in page
    assert "Navn: før Nybakt kafé, nå NYBAKT KAFÉ AS" in page
