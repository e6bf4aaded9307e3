"""Who got what: open to anybody, without names that are people's, and as a file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from runde.foundation.trust.api import fence
from runde.grants.casework.api import public_awards
from runde.grants.schemes.api import get_call
from tests.journeys.region import CALL, Region, decide_as_checked, send_applications
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db
Decided = Callable[[], Region]


@pytest.fixture
def anna() -> Client:
    return Client(headers={"accept-language": "nb"})


@pytest.fixture
def decided(region: Region) -> Region:
    send_applications(region.moss)
    decide_as_checked(region.moss)
    return region


def url(name: str = "public_awards", query: str = "") -> str:
    return reverse(name, args=["moss", CALL]) + query


def test_before_anything_is_decided_nobody_has_got_anything(region: Region, anna: Client) -> None:
    page = anna.get(url())
    assert heading_of(page) == "Ingen har fått penger ennå"
    assert url() not in anna.get(reverse("call", args=["moss", CALL])).content.decode()


def test_companies_are_named_and_people_are_not(decided: Region, anna: Client) -> None:
    page = anna.get(url())
    told = text_of(page)
    with fence(decided.moss.tenant.id):
        awards = public_awards(get_call(CALL).id)
    assert awards.count == len(awards.rows) > 1
    assert awards.sum_nok == sum((one.amount_nok for one in awards.rows), Decimal(0)) > 0
    assert "KAFÉ KANALEN AS" in told
    assert "Enkeltpersonforetak" in told
    assert "FRISØR ENK" not in told
    assert url() in anna.get(reverse("call", args=["moss", CALL])).content.decode()


@pytest.mark.parametrize(
    ("asked", "heading"),
    [("kanalen", "1 tilskudd"), ("frisør", "Ingen virksomheter passer søket"), ("%", "Ingen virksomheter")],
)
def test_only_companies_can_be_looked_for(decided: Region, anna: Client, asked: str, heading: str) -> None:
    assert heading_of(anna.get(url(query=f"?q={asked}"))).startswith(heading)


@pytest.mark.parametrize("side", ["0", "-1", "99", "x", "9" * 40])
def test_a_page_that_is_not_there_gives_the_nearest(decided: Region, anna: Client, side: str) -> None:
    assert "KAFÉ KANALEN AS" in text_of(anna.get(url(query=f"?side={side}")))


def test_the_file_says_the_same_in_plain_figures(decided: Region, anna: Client) -> None:
    lines = anna.get(url("public_awards_csv")).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "sak;organisasjonsnummer;virksomhet;kommune;belop_nok;vedtaksdato"
    with fence(decided.moss.tenant.id):
        awards = public_awards(get_call(CALL).id)
    assert sum((Decimal(line.split(";")[4]) for line in lines[1:]), Decimal(0)) == awards.sum_nok


def test_it_asks_as_often_for_one_as_for_many(decided: Region, anna: Client) -> None:
    anna.get(url())
    counts = []
    for query in ("?q=kanalen", ""):
        with CaptureQueriesContext(connection) as seen:
            anna.get(url(query=query))
        counts.append(len(seen))
    assert counts[0] == counts[1]
