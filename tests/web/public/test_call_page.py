"""One call's page in each of its states: what it says of the time and the money, and what there is to press."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runde.foundation.people.api import Person, get_applicant
from runde.foundation.trust.api import fence
from runde.grants.applications.api import start_application
from runde.grants.schemes.api import Call, CallTerms, MoneyLeft, Phase, get_call, withdraw_call
from runde.grants.schemes.models import Announcement
from runde.web.public import stages, structured
from tests.journeys.region import CAFE, CALL, Region
from tests.web.pages import text_of
from tests.web.public.many_calls import add_call

pytestmark = pytest.mark.django_db
PAGE = f"/moss/utlysninger/{CALL}/"


@pytest.fixture
def anna() -> Client:
    return Client(headers={"accept-language": "nb"})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the site believe that it is another time."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("runde.web.entrance.timezone.now", lambda: moment)

    return set_to


def make(region: Region, **terms: Any) -> tuple[Call, str]:
    """A call in Moss with thirty days left and terms of its own, and its address."""
    closes = timezone.localtime(region.at + timedelta(days=30)).replace(hour=12, minute=0, second=0)
    call = add_call(region.moss, "egen", at=region.at, closes_at=closes, terms=CallTerms(**terms))
    return call, "/moss/utlysninger/egen/"


def buttons(page: Any) -> list[str]:
    html = page.content.decode()
    return [" ".join(one.split()) for one in re.findall(r'<a class="ds-button"[^>]*>\s*([^<]*?)\s*<', html)]


def begin_draft(region: Region, slug: str = CALL) -> None:
    with fence(region.moss.tenant.id):
        start_application(
            call=get_call(slug),
            organisation_number=CAFE,
            by=get_applicant(region.applicant, on=timezone.localdate(region.at)),
            at=region.at,
            language="nb",
        )


def test_open(region: Region, anna: Client) -> None:
    page = anna.get(PAGE)
    words = text_of(page)
    assert re.search(r"Frist \w+dag \d+\. \w+ 2026 kl\. 23\.59, norsk tid", words)
    assert buttons(page)[0] == "Søk"
    assert "Søknaden må være sendt før fristen. Det holder ikke å ha begynt på den." in words
    assert "Pengene er ikke vedtatt ennå" in words
    assert "Fristen er snart ute" not in words
    assert words.index("Frist ") < words.index("Dette må være oppfylt")


def test_not_open_yet(region: Region, anna: Client) -> None:
    add_call(region.moss, "senere", at=region.at, opens_at=region.at + timedelta(days=2))
    page = anna.get("/moss/utlysninger/senere/")
    assert "Du kan ikke søke ennå Ordningen åpner" in text_of(page)
    assert buttons(page) == ["Si fra når den åpner", "Si fra når den åpner"]
    assert "/utlysninger/varsel/?utlysning=moss/senere" in page.content.decode()


def test_the_last_two_days(region: Region, anna: Client, clock: Callable[[datetime], None]) -> None:
    call, page = make(region)
    clock(call.closes_at - timedelta(hours=48))
    assert "Fristen er snart ute" not in text_of(anna.get(page))
    clock(call.closes_at - timedelta(hours=47))
    assert "Fristen er snart ute Send inn før" in text_of(anna.get(page))
    assert buttons(anna.get(page))[0] == "Søk"


def test_grace(region: Region, anna: Client, clock: Callable[[datetime], None]) -> None:
    call, address = make(region, grace_minutes=15)
    clock(call.closes_at)
    page = anna.get(address)
    words = text_of(page)
    assert "Fristen er ute, men du kan sende det du har begynt på" in words
    assert "Du kan ikke begynne på en ny søknad nå." in words
    assert (buttons(page)[0], "Søk" in buttons(page)) == ("Fortsett søknaden", False)
    clock(call.closes_at + timedelta(minutes=15))
    assert buttons(anna.get(address)) == []


def test_grace_and_the_late_rule_are_told_beforehand(region: Region, anna: Client) -> None:
    rule = {
        "nb": "Kommer søknaden senere, avviser vi den.",
        "nn": "Kjem søknaden seinare, avviser vi han.",
        "en": "If it comes later, we reject it.",
    }
    words = text_of(anna.get(make(region, grace_minutes=15, late_rule=rule)[1]))
    assert "Har du begynt før fristen, kan du sende inn til kl. 12.15. Etter det er det stengt." in words
    assert "Kommer søknaden senere, avviser vi den." in words


def test_closed(region: Region, anna: Client, clock: Callable[[datetime], None]) -> None:
    call, address = make(region)
    clock(call.closes_at)
    page = anna.get(address)
    words = text_of(page)
    assert "Fristen er ute Fristen var" in words
    assert "Har du en kladd, er den lagret, men den kan ikke sendes inn." in words
    assert (buttons(page), "Frist og påminnelse" in words) == ([], False)


def test_withdrawn_with_the_reason(region: Region, anna: Client) -> None:
    with fence(region.moss.tenant.id):
        manager = region.moss.actor("manager", region.at)
        withdraw_call(call=get_call(CALL), reason="Feil frist <b>", by=manager, at=region.at)
    page = anna.get(PAGE)
    words = text_of(page)
    assert page.status_code == 200
    assert "Kommunen har trukket utlysningen Kommunen skriver: «Feil frist <b>»" in words
    assert "Har du sendt inn en søknad, får du svar på den." in words
    assert buttons(page) == []
    assert "ld+json" not in page.content.decode()


def test_a_draft_is_nobodys_business(region: Region, anna: Client) -> None:
    add_call(region.moss, "utkast", at=region.at, publish=False)
    assert anna.get("/moss/utlysninger/utkast/").status_code == 404
    assert anna.get("/moss/utlysninger/utkast/frist.ics").status_code == 404


def test_running(region: Region, anna: Client) -> None:
    words = text_of(anna.get(make(region, kind="running")[1]))
    assert "Frist Søk når som helst, senest" in words
    assert "Vi behandler søknadene etter hvert som de kommer, så lenge det er penger igjen." in words


def test_the_money_is_used_up(region: Region) -> None:
    with fence(region.moss.tenant.id):
        call = get_call(CALL)
    spent = MoneyLeft(Decimal(100_000), Decimal(50_000), Decimal(100_000), Decimal(0))
    (note,) = stages.notes_of(call, Phase.OPEN, spent, region.at)
    assert note.heading == "Pengene er brukt opp"
    assert [one.replace("\u00a0", " ") for one in note.sentences] == [
        "Alle 100 000 kroner som er satt av, er delt ut.",
        "Du kan søke, men da står søknaden på venteliste. Du får penger bare hvis noe blir til overs.",
        "50 000 kroner til venter på vedtak. De pengene kan gå til dem på ventelista.",
    ]
    assert stages.notes_of(call, Phase.CLOSED, spent, region.at)[0].heading == "Fristen er ute"


def test_who_has_begun_goes_on(
    region: Region, signed_in: Callable[[Person], Client], clock: Callable[[datetime], None]
) -> None:
    kari, (call, address) = signed_in(region.applicant), make(region)
    assert buttons(kari.get(address))[0] == "Søk"
    begin_draft(region, call.slug)
    page = kari.get(address)
    assert buttons(page) == ["Fortsett søknaden", "Fortsett søknaden"]
    assert re.search(r'href="/moss/soknader/[0-9a-f-]{36}/"', page.content.decode())
    assert buttons(kari.get(PAGE))[0] == "Søk"
    clock(call.closes_at)
    kari = signed_in(region.applicant)
    assert buttons(kari.get(address)) == []


def test_others_do_not_see_that_somebody_has_begun(region: Region, anna: Client) -> None:
    begin_draft(region)
    assert buttons(anna.get(PAGE))[0] == "Søk"


def test_the_calls_own_contact(region: Region, anna: Client) -> None:
    assert "Spør oss Næringsavdelingen, Moss kommune naring@moss.example" in text_of(anna.get(PAGE))
    contact = {
        "contact_name": "Ida Lunde",
        "contact_email": "ida@moss.example",
        "contact_phone": "11 22 33 44",
    }
    page = anna.get(make(region, **contact)[1])
    assert "Spør oss Ida Lunde, Moss kommune ida@moss.example 11 22 33 44" in text_of(page)
    assert 'href="tel:11223344"' in page.content.decode()


def test_data_for_search_engines(region: Region, anna: Client) -> None:
    html = anna.get(PAGE).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.S)
    grant, service = json.loads(block)["@graph"]
    assert (grant["@type"], service["@type"]) == ("MonetaryGrant", "GovernmentService")
    assert grant["funder"] == {"@type": "GovernmentOrganization", "name": "Moss kommune"}
    assert grant["url"] == f"http://testserver{PAGE}"
    assert grant["amount"] == {"@type": "MonetaryAmount", "currency": "NOK", "maxValue": 500_000}
    assert service["availableChannel"]["serviceUrl"] == f"http://testserver{PAGE}sok/"


def test_no_text_gets_out_of_the_data_block(region: Region, anna: Client) -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    with fence(region.moss.tenant.id):
        found = Announcement.objects.get(call_slug=CALL, tenant_slug="moss")
        found.texts["name"]["nb"] = evil
        found.save()
    html = anna.get(PAGE).content.decode()
    assert "<script>alert" not in html
    assert "<!--" not in html
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.S)
    assert json.loads(block)["@graph"][0]["name"] == evil


def test_a_call_without_a_ceiling_has_no_amount(region: Region) -> None:
    found = Announcement.objects.get(call_slug=CALL, tenant_slug="moss")
    found.highest_amount_nok = None
    grant = structured.facts_of(found, "nb", url="https://a/", apply_url="https://a/sok/")["@graph"][0]
    assert "amount" not in grant


def test_the_page_takes_the_same_statements_whoever_has_begun(
    region: Region, anna: Client, signed_in: Callable[[Person], Client]
) -> None:
    anna.get(PAGE)
    with CaptureQueriesContext(connection) as first:
        anna.get(PAGE)
    begin_draft(region)
    with CaptureQueriesContext(connection) as again:
        anna.get(PAGE)
    assert len(first) == len(again) <= 12, [one["sql"][:90] for one in first]
