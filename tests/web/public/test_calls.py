"""The list of calls: filters in the address, a feed, calendar files, and as many statements for one as for three."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from runde.foundation.organisations.api import list_tenants
from runde.foundation.trust.api import fence
from runde.grants.schemes.models import Announcement
from tests.journeys.region import CALL, Region
from tests.web.pages import heading_of, text_of
from tests.web.public.many_calls import add_call

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def anna() -> Client:
    return Client(headers={"accept-language": "nb"})


@pytest.fixture
def varied(region: Region) -> Region:
    """Beside the two open calls: one to come, one closed, one running, one that pays more."""
    add_call(region.horten, "kommende", at=region.at, opens_at=region.at + timedelta(days=3))
    for slug, changes in (
        (
            "stengt",
            {"closes_at": region.at - timedelta(hours=2), "grace_ends_at": region.at - timedelta(hours=2)},
        ),
        ("lopende", {"kind": "running"}),
        ("stor", {"highest_amount_nok": 2_000_000}),
    ):
        call = add_call(region.moss, slug, at=region.at)
        with fence(region.moss.tenant.id):
            Announcement.objects.filter(call_id=call.id).update(**changes)
    return region


def names(page: object) -> list[str]:
    text = text_of(page)
    return [slug for slug in ("kommende", "stengt", "lopende", "stor") if f"Ordning {slug}" in text]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["kommende", "lopende", "stor"]),
        ("?status=stengt", ["stengt"]),
        ("?status=snart&status=stengt", ["kommende", "stengt"]),
        ("?kommune=3901", ["kommende"]),
        ("?kommune=moss", ["lopende", "stor"]),
        ("?type=lopende", ["lopende"]),
        ("?belop=1+000+000", ["stor"]),
        ("?belop=kr+500.000,-", ["kommende", "lopende", "stor"]),
        ("?q=ORDNING+stor", ["stor"]),
        ("?q=finnes+ikke", []),
        ("?q=%25", []),
        ("?kommune=finnes-ikke", []),
        ("?status=tull&type=tull", ["kommende", "lopende", "stor"]),
        ("?q=%00stor", ["stor"]),
    ],
)
def test_the_filters(varied: Region, anna: Client, query: str, shown: list[str]) -> None:
    assert names(anna.get(f"/utlysninger/{query}")) == shown


def test_the_heading_answers(region: Region, anna: Client) -> None:
    assert heading_of(anna.get("/utlysninger/")) == "2 ordninger er åpne eller åpner snart"
    assert heading_of(anna.get("/utlysninger/?kommune=3901")) == "1 ordning passer søket"
    assert heading_of(anna.get("/utlysninger/?q=gull")) == "Ingen ordninger passer søket"
    for town in (region.moss, region.horten):
        with fence(town.tenant.id):
            Announcement.objects.filter(tenant_slug=town.slug).delete()
    assert heading_of(anna.get("/utlysninger/")) == "Ingen ordninger er åpne nå"


def test_an_amount_that_cannot_be_read_is_explained_and_kept(region: Region, anna: Client) -> None:
    page = anna.get("/utlysninger/?belop=mange")
    assert page.status_code == 422
    assert "Skriv beløpet med tall, for eksempel 100 000." in text_of(page)
    assert 'value="mange"' in page.content.decode()
    assert 'class="rd-task"' in page.content.decode()


def test_script_in_the_search_is_only_text(region: Region, anna: Client) -> None:
    page = anna.get("/utlysninger/", {"q": '"><script>alert(1)</script>', "kommune": "<b>"})
    assert "<script>alert" not in page.content.decode()
    assert "<b>" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_statements_for_any_number_of_calls(region: Region, anna: Client, count: int) -> None:
    for number in range(count - 1):
        add_call(region.moss, f"nr-{number}", at=region.at)
    with fence(region.horten.tenant.id):
        Announcement.objects.filter(tenant_slug="horten").delete()
    asked = {}
    for address in ("/utlysninger/", "/utlysninger/feed.atom", "/utlysninger/frister.ics"):
        with CaptureQueriesContext(connection) as queries:
            assert anna.get(address).status_code == 200
        asked[address] = len(queries)
    assert asked == {"/utlysninger/": 2, "/utlysninger/feed.atom": 1, "/utlysninger/frister.ics": 1}


def test_the_feed(varied: Region, anna: Client) -> None:
    answer = anna.get("/utlysninger/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    links = {one.find(f"{ATOM}link").get("href") for one in entries}  # type: ignore[union-attr]
    assert f"http://testserver/moss/utlysninger/{CALL}/" in links
    assert {one.findtext(f"{ATOM}id", "")[:9] for one in entries} == {"urn:uuid:"}
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/utlysninger/feed.atom"  # type: ignore[union-attr]
    only = ElementTree.fromstring(anna.get("/utlysninger/feed.atom?kommune=3901").content)  # noqa: S314
    assert len(only.findall(f"{ATOM}entry")) == 2


def test_a_feed_that_has_not_changed_is_not_sent_again(region: Region, anna: Client) -> None:
    for address in ("/utlysninger/feed.atom", "/utlysninger/frister.ics"):
        first = anna.get(address)
        again = anna.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_calendar(varied: Region, anna: Client) -> None:
    answer = anna.get("/utlysninger/frister.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).events
    assert len(events) == 6
    assert len({str(one["UID"]) for one in events}) == 6
    opening = next(one for one in events if str(one["SUMMARY"]).startswith("Åpner"))
    assert str(opening["SUMMARY"]) == "Åpner: Ordning kommende (Horten kommune)"


def test_one_calls_deadline(region: Region, anna: Client) -> None:
    answer = anna.get(f"/moss/utlysninger/{CALL}/frist.ics")
    assert answer["Content-Disposition"] == f'attachment; filename="{CALL}.ics"'
    (event,) = Calendar.from_ical(answer.content).events
    closes = Announcement.objects.get(tenant_slug="moss", call_slug=CALL).closes_at
    end = closes.replace(microsecond=0)
    assert (event.start, event.end) == (end - timedelta(minutes=30), end)
    assert str(event["SUMMARY"]).startswith("Frist kl.\u00a023.59: Tilskudd til")
    assert b"\r\n" in answer.content
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert anna.get("/moss/utlysninger/finnes-ikke/frist.ics").status_code == 404


def test_nothing_can_be_posted(region: Region, anna: Client) -> None:
    assert anna.post("/utlysninger/feed.atom").status_code == 405


def test_a_tenant_is_never_called_as_a_page(region: Region) -> None:
    from runde.web.public.urls import RESERVED

    assert "utlysninger" in RESERVED
    assert not RESERVED & {one.slug for one in list_tenants()}
