"""The register is asked when we do not hold a company; nothing is ever empty without a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from runde.engine.reference.api import synthetic_orgnr
from runde.foundation.companies.api import connect_look_up, disconnect_look_up
from runde.foundation.companies.models import Company, Import
from tests.fakes.register import FakeRegister, answer, branch_answer
from tests.journeys.region import CAFE, Region
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db
NUMBER, BRANCH = synthetic_orgnr(700_001), synthetic_orgnr(700_003)


@pytest.fixture
def anyone(region: Region) -> Client:
    return Client(headers={"accept-language": "nb"})


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister()
    connect_look_up(fake)
    yield fake
    disconnect_look_up()


def find(client: Client, number: str) -> tuple[str, str]:
    page = client.get("/finn/", {"q": number})
    assert page.status_code == 200
    return heading_of(page), text_of(page)


def test_a_new_company_is_found_at_once(anyone: Client, register: FakeRegister) -> None:
    register.units[NUMBER] = answer(NUMBER, forretningsadresse={"kommunenummer": "3103"})
    heading, text = find(anyone, NUMBER)
    assert "NYBAKT KAFÉ AS" in heading
    assert "Moss" in text
    assert Company.objects.filter(orgnr=NUMBER).exists()


def test_a_branch_is_told_from_its_company(anyone: Client, register: FakeRegister) -> None:
    register.units[NUMBER], register.sub_units[BRANCH] = answer(NUMBER), branch_answer(BRANCH, NUMBER)
    heading, text = find(anyone, BRANCH)
    assert heading == "NYBAKT KAFÉ AVD TORGET er en avdeling"
    assert "Se ordninger for NYBAKT KAFÉ AS" in text
    del register.units[NUMBER]
    Company.objects.filter(orgnr=NUMBER).delete()
    assert "men vi får ikke hentet opplysninger om den nå." in find(anyone, BRANCH)[1]


def test_the_register_itself_says_that_there_is_none(anyone: Client, register: FakeRegister) -> None:
    heading, text = find(anyone, NUMBER)
    assert heading == "Vi fant ingen virksomhet"
    assert "Vi har også spurt Enhetsregisteret nå." in text
    assert "kan mangle" not in text


def test_without_a_look_up_we_say_how_old_our_copy_is(anyone: Client) -> None:
    heading, text = find(anyone, NUMBER)
    assert heading == "Vi fant ingen virksomhet"
    assert "Opplysningene vi har, er fra " in text
    assert "En ny virksomhet kan mangle til registeret er oppdatert." in text
    Import.objects.all().update(content="sub_units")
    assert "Vi har ikke lest inn Enhetsregisteret ennå." in find(anyone, NUMBER)[1]


def test_while_it_is_away_we_say_so_and_since_when(anyone: Client, register: FakeRegister) -> None:
    register.is_silent = True
    for _ in range(2):
        heading, text = find(anyone, NUMBER)
        assert heading == "Vi får ikke slått opp nummeret nå"
        assert "Vi får ikke kontakt med Enhetsregisteret" in text
        assert "Nummeret kan være riktig." in text
        assert "Vi har ikke hatt kontakt med Enhetsregisteret siden " in text
        assert "Vi fant ingen" not in text
    assert register.asked == [NUMBER]


def test_what_we_hold_is_shown_though_it_is_away(anyone: Client, register: FakeRegister) -> None:
    register.is_silent = True
    assert find(anyone, CAFE)[0].startswith("KAFÉ KANALEN AS kan trolig få")
    assert register.asked == []


def test_a_mistyped_number_is_not_asked_about(anyone: Client, register: FakeRegister) -> None:
    page = anyone.get("/finn/", {"q": "123456789"})
    assert page.status_code == 422
    assert register.asked == []


@override_settings(REGISTER_STALE_DAYS=-1)
def test_old_facts_say_their_day(anyone: Client) -> None:
    text = find(anyone, CAFE)[1]
    assert "Opplysningene er fra " in text
    assert "Noe kan ha endret seg siden." in text
