"""Somebody without an account looks through the calls, follows one, and gets out again: with script and without."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from runde.foundation.notices.api import send_due
from runde.foundation.trust.api import fence
from runde.grants.schemes.api import CallTerms, withdraw_call
from runde.web.public.openings import tell_opened
from tests.web.public.many_calls import add_call, add_many

from .conftest import Site
from .region import CALL, Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
LATE = {
    "nb": "Kommer søknaden senere, avviser vi den.",
    "nn": "Kjem søknaden seinare, avviser vi han.",
    "en": "If it comes later, we reject it.",
}


def letters(folder: Path) -> list[str]:
    """The texts of the mails the site has written, the oldest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
    mails = [one for path in files for one in path.read_bytes().split(b"-" * 79 + b"\n") if one.strip()]
    return [
        email.message_from_bytes(one, policy=policy.default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
        for one in mails
    ]


def path_in(text: str, kind: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/utlysninger/varsel/{kind}/[\w-]+/)", text)
    assert found, text
    return found[1]


def ask_for_mail(anna: Visitor, site: Site) -> str:
    """From the list to the link in the mail."""
    anna.go("/utlysninger/")
    anna.press("Få e-post når nye ordninger åpner")
    anna.look("subscribe")
    anna.press("Få e-post")
    assert "Skriv en e-postadresse, for eksempel navn@firma.no." in anna.text()
    anna.look("subscribe-error")
    anna.page.get_by_label("E-postadressen din").fill("anna@firma.example")
    anna.page.get_by_label("Hvilken kommune?").select_option(label="Moss kommune")
    anna.press("Få e-post")
    assert anna.heading() == "Sjekk e-posten din"
    anna.look("subscribe-sent")
    return path_in(letters(site.mail)[-1], "ja")


@pytest.mark.parametrize("size", SIZES)
def test_looking_through_the_calls(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    add_call(region.horten, "senere", at=region.at, opens_at=region.at + timedelta(days=9))
    add_call(region.moss, "snart-frist", at=region.at, closes_at=region.at + timedelta(hours=30))
    add_call(region.moss, "lopende", at=region.at, terms=CallTerms(kind="running"))
    anna = visitor(size)
    anna.go("/")
    anna.press("Se alle ordninger")
    assert anna.heading() == "5 ordninger er åpne eller åpner snart"
    anna.look("list")

    anna.page.get_by_text("Avgrens søket").click()
    anna.page.get_by_label("Kommune", exact=True).select_option(label="Moss kommune")
    anna.page.get_by_label("Åpner senere").uncheck()
    anna.page.get_by_label("Kan gi minst").fill("100 000")
    anna.press("Vis ordninger")
    assert anna.heading() == "3 ordninger passer søket"
    anna.look("list-filtered")

    anna.go("/utlysninger/?q=gull&belop=mange")
    anna.look("list-none")
    anna.press("Nullstill filteret")
    assert anna.heading() == "5 ordninger er åpne eller åpner snart"


@pytest.mark.parametrize("size", SIZES)
def test_one_call_in_its_states(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    at, moss = region.at, region.moss
    noon = timezone.localtime(at + timedelta(days=9)).replace(hour=12, minute=0)
    terms = CallTerms(
        grace_minutes=15,
        late_rule=LATE,
        contact_name="Ida Lunde",
        contact_email="ida@moss.example",
        contact_phone="11 22 33 44",
    )
    add_call(moss, "senere", at=at, opens_at=at + timedelta(days=2), closes_at=noon, terms=terms)
    add_call(moss, "snart-frist", at=at, closes_at=at + timedelta(hours=30), terms=terms)
    add_call(moss, "lopende", at=at, terms=CallTerms(kind="running"))
    closing = add_call(moss, "nettopp", at=at, closes_at=timezone.now() + timedelta(seconds=1), terms=terms)
    withdrawn = add_call(moss, "trukket", at=at)
    with fence(moss.tenant.id):
        withdraw_call(call=withdrawn, reason="Fristen var feil.", by=moss.actor("manager", at), at=at)
    anna = visitor(size)
    for slug in (CALL, "senere", "snart-frist", "lopende", "trukket"):
        anna.go(f"/moss/utlysninger/{slug}/")
        anna.look(f"call-{slug}")
    anna.page.wait_for_timeout(max(0.0, (closing.closes_at - timezone.now()).total_seconds() * 1000))
    anna.go("/moss/utlysninger/nettopp/")
    assert "Fristen er ute, men du kan sende det du har begynt på" in anna.text()
    anna.look("call-grace")


def test_deadline_and_amount_are_seen_without_scrolling(region: Region, visitor: VisitorFactory) -> None:
    anna = visitor(PHONE)
    anna.go(f"/moss/utlysninger/{CALL}/")
    for name in ("Frist", "Hvor mye"):
        box = anna.page.locator(".rd-facts > div", has_text=name).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1], f"{name} ends at {box['y'] + box['height']}"


def test_the_data_for_search_engines_disturbs_no_browser(region: Region, visitor: VisitorFactory) -> None:
    """A blocked script would be a complaint in the console, and end the test."""
    anna = visitor(DESKTOP)
    anna.go(f"/moss/utlysninger/{CALL}/")
    block = anna.page.locator('script[type="application/ld+json"]')
    assert '"@type": "MonetaryGrant"' in (block.text_content() or "")


@pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (PHONE, True), (PHONE, False)])
def test_mail_when_a_call_opens(
    region: Region, site: Site, visitor: VisitorFactory, size: tuple[int, int], script: bool
) -> None:
    tell_opened(at=timezone.now())
    anna = visitor(size, script=script)
    link = ask_for_mail(anna, site)
    anna.go(link)
    assert anna.heading() == "Vil du ha e-post om nye ordninger?"
    anna.look("subscribe-confirm")
    anna.press("Ja, send meg e-post")
    assert anna.heading() == "Nå får du e-post fra oss"
    anna.look("subscribe-done")

    add_call(region.moss, "ny", at=region.at)
    at = timezone.now()
    assert tell_opened(at=at) == 1
    with fence(region.moss.tenant.id):
        assert send_due(at=at) == 1
    letter = str(mail.outbox[-1].body)
    assert "Moss kommune har åpnet «Ordning ny»." in letter
    anna.go(path_in(letter, "slutt"))
    anna.look("subscribe-end")
    anna.press("Slutt å sende meg e-post")
    assert anna.heading() == "Du får ikke flere e-poster om nye ordninger"
    anna.look("subscribe-ended")
    anna.go(link)
    assert anna.heading() == "Lenken er for gammel"
    anna.look("subscribe-old")


def test_forty_calls_on_two_pages(region: Region, visitor: VisitorFactory) -> None:
    add_many(region.horten, 30, at=region.at)
    anna = visitor(PHONE)
    anna.go("/utlysninger/")
    anna.look("list-many")
    anna.press("Neste")
    assert anna.page.locator(".rd-tasks > li").count() == 7
