"""Pages that stand still, in each language, and calls that are not there to see."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.journeys.region import CALL, Region
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "nb", "nn", "en"),
    [
        (
            "/personvern/",
            "Slik tar vi vare på opplysningene dine",
            "Slik tek vi vare på opplysningane dine",
            "How we look after your information",
        ),
        (
            "/tilgjengelighet/",
            "Slik er tjenesten tilgjengelig for alle",
            "Slik er tenesta tilgjengeleg for alle",
            "How the service is accessible to everyone",
        ),
        ("/konto/login/", "Logg inn", "Logg inn", "Sign in"),
        ("/konto/signup/", "Lag en konto", "Lag ein konto", "Create an account"),
    ],
)
def test_pages_speak_three_languages(address: str, nb: str, nn: str, en: str) -> None:
    client = Client()
    for language, heading in (("nb", nb), ("nn", nn), ("en", en)):
        client.post("/sprak/", {"language": language, "next": "/"})
        page = client.get(address)
        assert heading_of(page) == heading
        assert f'<html lang="{language}"' in page.content.decode()


def test_a_call_tells_who_how_much_and_by_when(region: Region) -> None:
    page = Client(headers={"accept-language": "nn"}).get(f"/moss/utlysninger/{CALL}/")
    assert heading_of(page) == "Tilskot til verksemder ramma av smitteverntiltak"
    words = text_of(page)
    assert "Frå 5 000 til 500 000 kroner" in words
    assert "Verksemda må liggje i Moss." in words
    assert "2 000 000 kroner frå Formannskapet blir behandla" in words
    assert words.index("Frist") < words.index("Dette må vere oppfylt")


def test_a_foreign_call_is_not_found(region: Region) -> None:
    client = Client()
    assert client.get(f"/horten/utlysninger/{CALL}/").status_code == 200
    assert client.get(f"/ingensteds/utlysninger/{CALL}/").status_code == 404
