"""Somebody is asked to help with one application, follows the link in the mail, and takes part with an own account."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from runde.foundation.notices.models import Notice
from runde.foundation.people.api import Person, register_person
from runde.foundation.trust.api import fence
from tests.journeys.region import Region
from tests.web.applicant.test_applying import begin, page_of
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db
FRIEND = "liv@regnskap.example"


@pytest.fixture
def address(kari: Client) -> str:
    return begin(kari)


def invitation(region: Region, kari: Client, address: str, role: str = "fills_in") -> str:
    """Kari asks somebody to help; gives the link of the mail."""
    done = kari.post(f"{address}deltakere/", {"email": FRIEND, "role": role})
    assert done.status_code == 302, text_of(done)
    with fence(region.moss.tenant.id):
        body = Notice.objects.get(key__startswith="participant_invited:").body
    found = re.search(r"https?://\S+/o/\S+", body)
    assert found is not None, body
    return urlsplit(found[0]).path


def test_who_has_an_account_joins_and_fills_in(
    region: Region, kari: Client, address: str, signed_in: Callable[[Person], Client]
) -> None:
    liv = signed_in(register_person(email=FRIEND, name="Liv Berg"))
    place = liv.get(invitation(region, kari, address))["Location"]
    asked = liv.get(place)
    assert heading_of(asked) == "Kari Dahl ber deg hjelpe med en søknad"
    assert "Du kan fylle ut søknaden. Andre sender den inn." in text_of(asked)
    joined = liv.post(place, follow=True)
    assert joined.status_code == 200
    page = liv.get(f"{address}del/costs/")
    saved = liv.post(f"{address}del/costs/", page_of(page) | {"fixed_costs": "200 000", "go": "next"})
    assert saved.status_code == 302, text_of(saved)
    shown = kari.get(f"{address}del/costs/").content.decode().replace("\xa0", " ")
    assert "200 000" in shown


def test_who_has_not_signed_in_is_led_to_it_and_back(region: Region, kari: Client, address: str) -> None:
    stranger = Client(headers={"accept-language": "nb"})
    place = stranger.get(invitation(region, kari, address))["Location"]
    asked = stranger.get(place)
    assert f"next={place.replace('/', '%2F')}" in asked.content.decode()
    stranger.post(place)
    assert stranger.get(f"{address}del/costs/").status_code == 302  # to sign-in: nobody has joined


def test_an_invitation_opens_once(
    region: Region, kari: Client, address: str, signed_in: Callable[[Person], Client]
) -> None:
    link = invitation(region, kari, address, "signs")
    liv, eva = (signed_in(register_person(email=f"{name}@x.example", name=name)) for name in ("liv", "eva"))
    place = liv.get(link)["Location"]
    assert "Du kan fylle ut søknaden og sende den inn." in text_of(liv.get(place))
    liv.post(place)
    assert eva.post(eva.get(link)["Location"]).status_code >= 400
    assert eva.get(f"{address}del/costs/").status_code == 404
