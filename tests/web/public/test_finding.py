"""From a number or a name to the calls that fit, with distance and never a dead end."""

from __future__ import annotations

import pytest
from django.test import Client

from runde.foundation.trust.models import RateLimit
from tests.journeys.region import BANKRUPT, CAFE, CAFE_UNIT, ELSEWHERE, NEW, SHOP, Region
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anyone(region: Region) -> Client:
    return Client(headers={"accept-language": "nb"})


def test_the_front_page_lists_open_calls_by_deadline(anyone: Client) -> None:
    page = anyone.get("/")
    assert heading_of(page) == "Hva kan virksomheten din få?"
    assert text_of(page).count("Tilskudd til virksomheter rammet av smitteverntiltak") == 2


FITS = "{} kan trolig få støtte fra 1 av 2 ordninger"
FITS_NOT = "Ingen åpne ordninger passer for {} nå"


@pytest.mark.parametrize(
    ("orgnr", "name", "heading", "sentence"),
    [
        (CAFE, "KAFÉ KANALEN AS", FITS, "Virksomheten ligger ikke i Horten."),
        (ELSEWHERE, "HORTEN HAVNEKAFÉ AS", FITS, "Virksomheten ligger ikke i Moss."),
        (NEW, "NYE BORD AS", FITS_NOT, "Kravet er før 1. mars 2026, så det er 198 dager for sent."),
        (SHOP, "MOSS JERNVARE AS", FITS_NOT, "Virksomheten er registrert med varehandel."),
        (BANKRUPT, "STRANDKROA AS", FITS_NOT, "Virksomheten er konkurs, etter Enhetsregisteret."),
    ],
)
def test_each_company_is_told_where_it_stands(
    anyone: Client, orgnr: str, name: str, heading: str, sentence: str
) -> None:
    page = anyone.get("/finn/", {"q": orgnr})
    assert heading_of(page) == heading.format(name)
    assert sentence in text_of(page)
    assert "Dette er ikke et vedtak." in text_of(page)


def test_a_branch_leads_to_its_main_business(anyone: Client) -> None:
    page = anyone.get("/finn/", {"q": CAFE_UNIT})
    assert heading_of(page) == "KAFÉ KANALEN AVD BRYGGA er en avdeling"
    assert f"/finn/?q={CAFE}" in page.content.decode()


def test_names_are_searched_with_mistakes_and_several_are_offered(anyone: Client) -> None:
    assert heading_of(anyone.get("/finn/", {"q": "kafe kanalen"})).startswith("KAFÉ KANALEN AS kan trolig")
    page = anyone.get("/finn/", {"q": "moss"})
    assert heading_of(page) == "Hvilken virksomhet mener du?"
    assert "MOSS JERNVARE AS" in text_of(page)
    assert "MOSS KINO OG SCENE AS" in text_of(page)


def test_no_match_says_what_to_try(anyone: Client) -> None:
    page = anyone.get("/finn/", {"q": "zzxxqq <x9>"})
    assert "Vi fant ingen virksomhet som heter «zzxxqq <x9>». Prøv organisasjonsnummer." in text_of(page)
    assert b"<x9>" not in page.content


def test_an_empty_search_says_what_to_write(anyone: Client) -> None:
    page = anyone.get("/finn/", {"q": "  "})
    assert page.status_code == 422
    assert text_of(page).count("Skriv organisasjonsnummeret eller navnet på virksomheten.") == 2
    assert "<title>Feil: " in page.content.decode()


def test_too_many_searches_are_asked_to_wait(anyone: Client) -> None:
    RateLimit.objects.filter(name="company_search").update(burst=1, enforced=True, period_ms=60_000)
    anyone.get("/finn/", {"q": CAFE})
    page = anyone.get("/finn/", {"q": CAFE})
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
