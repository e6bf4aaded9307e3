"""The officer's list: lanes, search, choosing all, and who may see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.casework.api import list_cases
from runde.grants.schemes.api import get_call
from tests.factories import a_call
from tests.journeys.region import CAFE, CALL, CASES, PIZZA, SHOP, Region, answers, send_applications
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
LIST = "/moss/saker/"


def test_the_list_says_how_many_are_ready_and_how_much_money_there_is(moss: Moss) -> None:
    page = moss.as_("officer").get(LIST)
    assert heading_of(page) == "Tilskudd til virksomheter rammet av smitteverntiltak: 7 saker"
    text = text_of(page)
    assert "Klare 4 Må vurderes 1 Oppfyller ikke 2" in text
    assert "ramme 10,0 mill. kroner, av dem er 2,0 ikke vedtatt" in text
    assert "KAFÉ KANALEN AS" in text
    assert "✓ Alle" in text


def test_a_case_to_be_weighed_shows_how_far_off_it_is(moss: Moss) -> None:
    text = text_of(moss.as_("officer").get(LIST, {"ko": "vurderes"}))
    assert "BAKGÅRDEN PIZZA AS" in text
    assert "mangler 3,57 prosentpoeng" in text
    assert "Disse vurderer du én for én." in text


@pytest.mark.parametrize("typed", ["kanalen", "310 000 027", CAFE])
def test_search_finds_by_name_and_number(moss: Moss, typed: str) -> None:
    text = text_of(moss.as_("officer").get(LIST, {"sok": typed}))
    assert "KAFÉ KANALEN AS" in text
    assert "VERKET BAR AS" not in text


def test_a_search_without_hits_offers_the_way_back(moss: Moss) -> None:
    text = text_of(moss.as_("officer").get(LIST, {"sok": "finnes ikke"}))
    assert "Ingen saker passer filteret." in text
    assert "Nullstill filteret" in text


def test_odd_addresses_are_read_as_the_plain_list(moss: Moss) -> None:
    odd = {"ko": "<x>", "tilstand": "y", "side": "99999999999999999999", "valg": "noe"}
    page = moss.as_("officer").get(LIST, odd)
    assert page.status_code == 200
    assert "KAFÉ KANALEN AS" in text_of(page)


def test_an_unknown_call_is_not_found(moss: Moss) -> None:
    assert moss.as_("officer").get(LIST, {"utlysning": "ukjent"}).status_code == 404


def test_choosing_all_freezes_the_set(moss: Moss) -> None:
    page = moss.as_("officer").get(LIST, {"ko": "klare", "valg": "alle"})
    assert "4 saker valgt" in text_of(page)
    assert len(hidden(page, "frozen").split()) == 4


@pytest.mark.parametrize(
    ("who", "status"), [("approver", 200), ("manager", 200), ("auditor", 200), ("finance", 302)]
)
def test_who_may_see_the_list(moss: Moss, who: str, status: int) -> None:
    page = moss.as_(who).get(LIST)
    assert page.status_code == status
    if status == 200:
        assert "Lag forslag" not in text_of(page)


def test_another_municipality_has_no_rooms_for_you(moss: Moss) -> None:
    assert moss.as_("officer").get("/horten/saker/").status_code == 404


def test_a_declared_interest_shows_in_the_list_and_cannot_be_chosen(moss: Moss) -> None:
    case = moss.case(CAFE)
    officer = moss.as_("officer")
    officer.post(f"/moss/saker/{case.id}/habilitet/", {"impartial": "no", "reason": "Søsteren min eier den."})
    text = text_of(officer.get(LIST))
    assert "Du kan ikke behandle saken" in text
    assert officer.get(LIST).content.decode().count("data-mark name") == 3


def test_the_list_asks_as_often_with_five_cases_as_with_one(
    region: Region, signed_in: Callable[[Person], Client], settings: Settings
) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    moss = Moss(region, signed_in)
    send_applications(region.moss, {CAFE: answers()})
    first = _statements(moss)
    more = {number: typed for number, typed in CASES.items() if number not in (CAFE, PIZZA, SHOP)}
    send_applications(region.moss, more)
    assert _statements(moss) == first


def _statements(moss: Moss) -> int:
    client = moss.as_("officer")
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST).status_code == 200
    work = [one["sql"] for one in asked.captured_queries if "casework_" in one["sql"]]
    assert len(work) <= 12
    return len(asked.captured_queries)


def test_lists_are_fenced(moss: Moss) -> None:
    with fence(moss.region.horten.tenant.id):
        assert list_cases(get_call(CALL).id) == []


def test_with_several_calls_one_chooses_first(moss: Moss) -> None:
    with fence(moss.region.moss.tenant.id):
        second = a_call(at=moss.region.at, scheme_version=get_call(CALL).scheme_version)
    officer = moss.as_("officer")
    page = officer.get(LIST)
    assert heading_of(page) == "Hvilken utlysning vil du jobbe med?"
    assert "7 saker" in text_of(page)
    empty = officer.get(LIST, {"utlysning": second.slug})
    assert heading_of(empty).endswith(": 0 saker")
    assert "Her kommer søknadene etter hvert som de blir sendt inn." in text_of(empty)
    assert "Bytt utlysning" in text_of(officer.get(LIST, {"utlysning": CALL}))
    assert heading_of(officer.get("/moss/oversikt/")) == "Hvilken utlysning vil du se?"
