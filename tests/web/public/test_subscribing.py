"""Mail when calls open: asked for, confirmed and ended on pages that never tell whether an address is known."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from runde.foundation.notices.api import Subscription, send_due
from runde.foundation.trust.api import fence
from runde.foundation.trust.models import RateLimit
from runde.web.public.openings import tell_opened
from tests.journeys.region import Region
from tests.web.pages import heading_of, text_of
from tests.web.public.many_calls import add_call

pytestmark = pytest.mark.django_db
ASK = "/utlysninger/varsel/"


@pytest.fixture
def anna() -> Client:
    """Somebody without an account. The CSRF check is on, as for everybody."""
    return Client(headers={"accept-language": "nb"}, enforce_csrf_checks=True)


def ask(anna: Client, email: str = "anna@example.com", **more: str) -> str:
    """The address of the page one comes to."""
    anna.get(ASK)
    answer = anna.post(ASK, {"epost": email, **token(anna), **more})
    return str(answer.headers.get("Location", answer.status_code))


def token(anna: Client) -> dict[str, str]:
    return {"csrfmiddlewaretoken": anna.cookies[settings.CSRF_COOKIE_NAME].value}


def link(kind: str, letter: EmailMessage | None = None) -> str:
    body = str((letter or mail.outbox[-1]).body)  # type: ignore[union-attr]
    found = re.search(rf"http://localhost:8000(/utlysninger/varsel/{kind}/[\w-]+/)", body)
    assert found, body
    return found[1]


def press(anna: Client, address: str) -> str:
    anna.get(address)
    answer = anna.post(address, token(anna), follow=True)
    return heading_of(answer)


def subscribe(anna: Client, email: str = "anna@example.com", **more: str) -> None:
    ask(anna, email, **more)
    press(anna, link("ja"))
    mail.outbox.clear()


def tell(region: Region, hours: int = 0) -> list[str]:
    """What is sent when the clock strikes: who is told."""
    at = timezone.now() + timedelta(hours=hours)
    tell_opened(at=at)
    for town in (region.moss, region.horten):
        with fence(town.tenant.id):
            send_due(at=at)
    return sorted(one.to[0] for one in mail.outbox)


def test_asking_confirming_and_being_told(region: Region, anna: Client) -> None:
    tell(region)
    assert ask(anna) == "/utlysninger/varsel/sendt/"
    page = anna.get(link("ja"))
    assert heading_of(page) == "Vil du ha e-post om nye ordninger?"
    assert "Det gjelder nye ordninger i hele regionen." in text_of(page)
    assert Subscription.objects.get().confirmed_at is None
    assert press(anna, link("ja")) == "Nå får du e-post fra oss"
    mail.outbox.clear()

    add_call(region.moss, "ny", at=region.at)
    assert tell(region) == ["anna@example.com"]
    assert mail.outbox[0].subject == "Nå kan du søke: Ordning ny (Moss kommune)"
    assert "http://localhost:8000/moss/utlysninger/ny/" in str(mail.outbox[0].body)
    assert tell(region) == ["anna@example.com"]


def test_a_call_is_told_of_when_it_opens(region: Region, anna: Client) -> None:
    tell(region)
    subscribe(anna)
    add_call(region.moss, "senere", at=region.at, opens_at=region.at + timedelta(hours=5))
    assert tell(region, hours=4) == []
    assert tell(region, hours=6) == ["anna@example.com"]


def test_only_the_municipality_one_asked_about(region: Region, anna: Client) -> None:
    tell(region)
    subscribe(anna, kommune="3103")
    add_call(region.horten, "horten-ny", at=region.at)
    assert tell(region) == []
    add_call(region.moss, "moss-ny", at=region.at)
    assert tell(region) == ["anna@example.com"]


def test_one_call_that_is_not_open_yet(region: Region, anna: Client) -> None:
    tell(region)
    add_call(region.moss, "senere", at=region.at, opens_at=region.at + timedelta(hours=5))
    page = anna.get(ASK, {"utlysning": "moss/senere"})
    assert "Vi skriver til deg én gang: når «Ordning senere» i Moss kommune åpner." in text_of(page)
    subscribe(anna, utlysning="moss/senere")
    add_call(region.moss, "annen", at=region.at)
    assert tell(region, hours=6) == ["anna@example.com"]
    assert mail.outbox[0].subject == "Nå kan du søke: Ordning senere (Moss kommune)"


def test_it_is_written_in_the_language_it_was_asked_in(region: Region) -> None:
    tell(region)
    anna = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    subscribe(anna)
    add_call(region.moss, "ny", at=region.at)
    tell(region)
    assert mail.outbox[0].subject == "You can now apply: Ordning ny (Moss kommune)"


def test_out_with_one_press_in_the_mail_program(region: Region, anna: Client) -> None:
    tell(region)
    subscribe(anna)
    add_call(region.moss, "ny", at=region.at)
    tell(region)
    letter = mail.outbox[0]
    address = str(letter.extra_headers["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost:8000")
    assert address == link("slutt")
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscription.objects.exists()
    assert heading_of(program.post(address)) == "Denne lenken er alt brukt"


def test_opening_a_link_changes_nothing(region: Region, anna: Client) -> None:
    """Mail scanners open every link."""
    tell(region)
    ask(anna)
    for method in (anna.get, anna.head, anna.get):
        method(link("ja"))
    assert Subscription.objects.get().confirmed_at is None
    press(anna, link("ja"))
    mail.outbox.clear()
    add_call(region.moss, "ny", at=region.at)
    tell(region)
    for method in (anna.get, anna.head):
        assert method(link("slutt")).status_code == 200
    assert Subscription.objects.exists()


def test_the_pages_are_the_same_whether_the_address_is_known_or_not(region: Region, anna: Client) -> None:
    ask(anna, "kjent@example.com")
    press(anna, link("ja"))
    known, unknown = ask(anna, "kjent@example.com"), ask(anna, "ukjent@example.com")
    assert known == unknown == "/utlysninger/varsel/sendt/"
    assert mail.outbox[-1].subject == mail.outbox[-2].subject
    guess = anna.get("/utlysninger/varsel/ja/gjett/")
    assert (guess.status_code, heading_of(guess)) == (404, "Lenken er for gammel")
    assert heading_of(anna.get("/utlysninger/varsel/slutt/gjett/")) == "Denne lenken er alt brukt"


def test_one_address_is_not_flooded_and_nobody_is_told(region: Region, anna: Client) -> None:
    RateLimit.objects.filter(name="subscribe_email").update(burst=2)
    answers = [ask(anna) for _ in range(4)]
    assert answers == ["/utlysninger/varsel/sendt/"] * 4
    assert len(mail.outbox) == 2
    assert heading_of(anna.get(link("ja"))) == "Vil du ha e-post om nye ordninger?"


def test_one_caller_may_not_ask_for_ever_and_loses_nothing_typed(region: Region, anna: Client) -> None:
    RateLimit.objects.filter(name="subscribe_address").update(burst=1)
    ask(anna)
    answer = anna.post(ASK, {"epost": "b@example.com", **token(anna)})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert 'value="b@example.com"' in answer.content.decode()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        "anna",
        "a@example.com, b@example.com",
        "a@example.com\nBcc: b@example.com",
        "x" * 300 + "@example.com",
        "\x00@example.com",
    ],
)
def test_what_is_no_address_is_explained_and_kept(region: Region, anna: Client, email: str) -> None:
    anna.get(ASK)
    answer = anna.post(ASK, {"epost": email, "kommune": "3103", **token(anna)})
    assert answer.status_code == 422
    assert "Skriv en e-postadresse, for eksempel navn@firma.no." in text_of(answer)
    assert '<option value="3103" selected>' in answer.content.decode()
    assert (mail.outbox, Subscription.objects.count()) == ([], 0)


def test_a_mail_server_that_is_down_is_told_and_nothing_is_kept(
    region: Region, anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object) -> None:
        raise OSError("Ingen kontakt")

    monkeypatch.setattr("runde.foundation.notices.operations.EmailMessage.send", refuse)
    assert ask(anna) == "503"
    assert not Subscription.objects.exists()
