"""Accounts: every mistake is explained in our words, and what was typed is kept."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from runde.foundation.people.api import Person, register_person
from tests.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Siri Sund",
    "email": "siri@sund.example",
    "password1": "fire stoler rundt bordet",
    "password2": "fire stoler rundt bordet",
}


@pytest.fixture
def anyone() -> Client:
    return Client(headers={"accept-language": "nb"})


def test_signing_up_keeps_the_name_and_leads_home(anyone: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    answer = anyone.post("/konto/signup/", GOOD)
    assert answer.status_code == 302
    person = Person.objects.get(email="siri@sund.example")
    assert person.name == "Siri Sund"
    assert anyone.get("/hjem/")["Location"] == "/min-side/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv navnet ditt."),
        ({"email": ""}, "Skriv e-postadressen din."),
        ({"email": "siri"}, "E-postadressen må se ut som navn@eksempel.no."),
        ({"password1": ""}, "Skriv et nytt passord på minst 15 tegn."),
        ({"password1": "kort", "password2": "kort"}, "Passordet er for kort. Det må ha minst 15 tegn."),
        ({"password2": "noe helt annet enn det"}, "De to passordene er ikke like."),
    ],
)
def test_a_mistake_in_signing_up_is_explained_twice(
    anyone: Client, changes: dict[str, str], sentence: str
) -> None:
    page = anyone.post("/konto/signup/", GOOD | changes)
    assert text_of(page).count(sentence) == 2
    assert "Rett dette før du går videre" in text_of(page)
    assert f'value="{(GOOD | changes)["name"]}"' in page.content.decode()


def test_a_wrong_password_says_what_to_do(anyone: Client) -> None:
    page = anyone.post("/konto/login/", {"login": "siri@sund.example", "password": "feil passord i dag"})
    assert "E-postadressen eller passordet stemmer ikke." in text_of(page)
    assert 'value="siri@sund.example"' in page.content.decode()
    empty = anyone.post("/konto/login/", {"login": "", "password": ""})
    assert text_of(empty).count("Skriv e-postadressen din.") == 2
    assert text_of(empty).count("Skriv passordet ditt.") == 2


def test_the_address_is_confirmed_by_mail_where_it_is_for_real(
    anyone: Client, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    page = anyone.post("/konto/signup/", GOOD, follow=True)
    assert heading_of(page) == "Se i e-posten din"
    assert [message.to for message in mailoutbox] == [["siri@sund.example"]]


@pytest.mark.parametrize(
    "address",
    [
        "email/",
        "password/change/",
        "sikkerhet/",
        "logout/",
        "sikkerhet/totp/activate/",
        "sikkerhet/webauthn/add/",
    ],
)
def test_every_page_for_the_account_stands_in_our_frame(anyone: Client, address: str) -> None:
    person = register_person(
        email="siri@sund.example", name="Siri Sund", hashed_password=make_password("x" * 15)
    )
    anyone.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = anyone.get(f"/konto/{address}", follow=True)
    assert page.status_code == 200
    assert heading_of(page)
    assert "Du er logget inn som Siri Sund" in text_of(page)
    assert "rd-footer" in page.content.decode()
