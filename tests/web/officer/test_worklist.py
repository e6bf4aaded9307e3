"""The officer's list: lanes, search, choosing all, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.casework.api import BulkAct, list_cases
from runde.grants.schemes.api import get_call
from tests.factories import a_call, submitted_applications
from tests.journeys.region import CAFE, CALL, CASES, PIZZA, SHOP, Region, answers, send_applications
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, text_of

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


def choose(client: Client, go: str = "alle", query: str = "ko=klare", **more: object) -> Any:
    form = {"utlysning": CALL, "sporring": query, "go": go, **more}
    return client.post("/moss/saker/velg/", form, follow=True)


def test_choosing_all_freezes_the_set(moss: Moss) -> None:
    officer = moss.as_("officer")
    page = choose(officer)
    assert "4 saker valgt · 560 200 kroner" in text_of(page)
    assert page.content.decode().count(" checked>") == 4
    with fence(moss.region.moss.tenant.id):
        submitted_applications(call=get_call(CALL), count=1, at=timezone.now())
    again = officer.get(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"])
    assert "4 saker valgt" in text_of(again)
    assert again.content.decode().count(" checked>") == 4


def test_choosing_nothing_leads_back_to_the_list(moss: Moss) -> None:
    page = choose(moss.as_("officer"), go="side-2")
    assert page.status_code == 200
    assert "valgt ·" not in text_of(page)


def test_cases_are_given_out_and_it_can_be_undone(moss: Moss) -> None:
    officer, case = moss.as_("officer"), moss.case(CAFE)
    form = {"utlysning": CALL, "sporring": "ko=klare", "case": str(case.id)}
    done = officer.post("/moss/saker/fordel/", {**form, "go": "meg"}, follow=True)
    assert "1 sak er tildelt Ida Lunde." in text_of(done)
    undone = officer.post(f"/moss/saker/gjort/{act_of(moss)}/angre/", form, follow=True)
    assert "Angret. 1 sak er som før." in text_of(undone)
    assert moss.case(CAFE).assigned_to is None


def test_what_was_not_done_is_listed_with_why_and_tried_again(moss: Moss) -> None:
    officer, case, other = moss.as_("officer"), moss.case(CAFE), moss.case("310100099")
    ids = [str(case.id), str(other.id)]
    declared = {"impartial": "no", "reason": "Søsteren min eier den."}
    officer.post(f"/moss/saker/{case.id}/habilitet/", declared)
    form = {"utlysning": CALL, "sporring": "ko=klare", "case": ids, "go": "vent", "reason": "Kurs"}
    done = officer.post("/moss/saker/vent/", {**form, "until": "1.1.2030"}, follow=True)
    text = text_of(done)
    assert "1 sak er lagt på vent til 1. januar 2030. 1 sak ble ikke med." in text
    assert "KAFÉ KANALEN AS 26/1 Du har meldt fra om at du ikke kan behandle saken." in text
    assert "Prøv saken igjen" in text
    again = officer.post(f"/moss/saker/gjort/{act_of(moss)}/igjen/", form, follow=True)
    assert "0 saker er lagt på vent" in text_of(again)
    assert "På vent 1" in text_of(again)
    back = officer.post("/moss/saker/vent/", {**form, "case": [str(other.id)], "go": "ta-opp"}, follow=True)
    assert "1 sak er tatt opp igjen." in text_of(back)


def test_trying_again_too_late_asks_anew_with_what_was_said(moss: Moss) -> None:
    officer, case = moss.as_("officer"), moss.case(CAFE)
    officer.post(f"/moss/saker/{case.id}/habilitet/", {"impartial": "no", "reason": "Søsteren min eier den."})
    form = {"utlysning": CALL, "case": [str(case.id)], "go": "vent", "reason": "Kurs", "until": "1.1.2030"}
    officer.post("/moss/saker/vent/", form)
    with fence(moss.region.moss.tenant.id):
        act = BulkAct.objects.get()
        act.facts = {**act.facts, "until": "2026-01-02"}
        act.save(update_fields=["facts"])
    page = officer.post(f"/moss/saker/gjort/{act.id}/igjen/", {"utlysning": CALL})
    said = page.content.decode()
    assert page.status_code == 422
    assert "Velg en dag etter i dag" in text_of(page)
    assert 'action="/moss/saker/vent/"' in said
    assert 'value="02.01.2026"' in said
    assert 'value="Kurs"' in said


def test_trying_again_leads_to_the_list_or_says_there_is_nothing(moss: Moss) -> None:
    officer, form = moss.as_("officer"), {"utlysning": CALL, "case": str(moss.case(CAFE).id)}
    officer.post("/moss/saker/fordel/", {**form, "go": "meg"})
    again = officer.post(f"/moss/saker/gjort/{act_of(moss)}/igjen/", form, follow=True)
    assert "1 sak er tildelt Ida Lunde." in text_of(again)
    gone = officer.post("/moss/saker/gjort/00000000-0000-0000-0000-000000000001/igjen/", form)
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"until": "i morgen", "reason": "Kurs"}, "Skriv dagen sakene skal komme tilbake"),
        ({"until": "1.1.2020", "reason": "Kurs"}, "Velg en dag etter i dag"),
        ({"until": "1.1.2030", "reason": ""}, "Skriv hvorfor saken skal vente."),
    ],
)
def test_a_hold_that_lacks_something_keeps_what_was_typed(
    moss: Moss, typed: dict[str, str], sentence: str
) -> None:
    form = {"utlysning": CALL, "case": str(moss.case(CAFE).id), "go": "vent", **typed}
    page = moss.as_("officer").post("/moss/saker/vent/", form)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert f'value="{typed["until"]}"' in page.content.decode()


def test_cases_are_shared_out_by_municipality(moss: Moss) -> None:
    officer, ids = moss.as_("officer"), [str(case.id) for case in moss.cases(lane="green")]
    form = {"utlysning": CALL, "case": ids}
    page = officer.post("/moss/saker/fordel/", form)
    assert "Moss, 4 saker" in text_of(page)
    for go, sentence in (
        ("en", "Velg hvem som skal ha"),
        ("likt", "fordeles mellom"),
        ("kommune", "minst én"),
    ):
        wrong = officer.post("/moss/saker/fordel/", {**form, "go": go})
        assert (wrong.status_code, sentence in text_of(wrong)) == (422, True)
    ida = str(moss.region.moss.staff["officer"].id)
    done = officer.post("/moss/saker/fordel/", {**form, "go": "kommune", "place_3103": ida}, follow=True)
    assert "4 saker er fordelt til Ida Lunde." in text_of(done)
    elsewhere = officer.post("/moss/saker/fordel/", {**form, "go": "kommune", "place_3901": ida}, follow=True)
    assert "Ingen er valgt for kommunen virksomheten ligger i." in text_of(elsewhere)
    again = officer.post(f"/moss/saker/gjort/{act_of(moss)}/igjen/", form, follow=True)
    assert "Ingen er valgt for kommunen virksomheten ligger i." in text_of(again)
    assert f'<option value="{ida}" selected>' in officer.post("/moss/saker/fordel/", form).content.decode()


def test_views_are_kept_and_deleted(moss: Moss) -> None:
    officer = moss.as_("officer")
    form = {"utlysning": CALL, "sporring": "ko=vurderes&ansvarlig=ingen", "navn": "Ledige"}
    kept = officer.post("/moss/saker/visninger/", form, follow=True)
    assert "Visningen «Ledige» er lagret." in text_of(kept)
    assert "Ingen ansvarlig" in text_of(kept)
    [address] = re.findall(r'/moss/saker/visninger/[^"]+/slett/', kept.content.decode())
    assert "Ledige" not in text_of(officer.post(address, {"utlysning": CALL}, follow=True))
    nameless = officer.post("/moss/saker/visninger/", {**form, "navn": " "}, follow=True)
    assert "Gi visningen et navn." in text_of(nameless)


def act_of(moss: Moss) -> UUID:
    """The newest thing done to several."""
    with fence(moss.region.moss.tenant.id):
        return BulkAct.objects.latest("done_at").id


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
    statements = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 12, statements
    return len(statements)


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
