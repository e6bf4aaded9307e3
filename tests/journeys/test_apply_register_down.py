"""The register has no answer when one starts: said plainly, one goes on, and later one is told what came."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from runde.foundation.companies.api import import_register
from runde.foundation.people.api import Mandate, give_mandate

from .applying import KARI, START, application_of, fill_in, send
from .region import Region, unit
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

WAYS = [
    pytest.param(DESKTOP, True, id="desk"),
    pytest.param(PHONE, True, id="phone"),
    pytest.param(PHONE, False, id="phone-noscript"),
]

UNKNOWN = "310100110"


@pytest.fixture
def newcomer(region: Region) -> None:
    """Kari also runs a company that the register does not answer for."""
    give_mandate(
        person=region.applicant,
        organisation_number=UNKNOWN,
        source=Mandate.Source.APPROVED,
        evidence="",
        valid_from=region.at.date(),
    )


def answers_again(region: Region, folder: Path) -> None:
    path = folder / "enheter.json"
    path.write_text(json.dumps([unit(UNKNOWN, "NYBAKT KAFÉ AS", "56.110", "3103")]), encoding="utf-8")
    day = timezone.localdate(region.at) - timedelta(days=1)
    import_register(path, register_date=day, at=timezone.now(), edition="SN2025")


def start_unknown(kari: Visitor) -> None:
    kari.go(START)
    kari.sign_in(KARI)
    kari.page.get_by_label("310 100 110").check()
    kari.press("Start søknaden")
    assert kari.text().count("Skriv navnet på virksomheten.") == 2
    kari.look("start-error")
    kari.page.get_by_label("Navnet på virksomheten").fill("Nybakt kafé")
    kari.press("Start søknaden")


@pytest.mark.usefixtures("newcomer")
@pytest.mark.parametrize(("size", "script"), WAYS)
def test_one_goes_on_and_is_told_later(
    region: Region, visitor: VisitorFactory, size: tuple[int, int], script: bool, tmp_path: Path
) -> None:
    kari = visitor(size, script=script)
    start_unknown(kari)
    assert "Vi får ikke kontakt med Enhetsregisteret" in kari.text()
    assert "Du kan fortsette." in kari.text()
    kari.look("pending")
    assert application_of(region, UNKNOWN).register_state == "pending"
    fill_in(kari)
    assert "Vi har ikke fått opplysninger fra Enhetsregisteret ennå." in kari.text()
    kari.look("review-pending")
    answers_again(region, tmp_path)
    kari.page.reload()
    assert "Vi har nå hentet opplysningene fra Enhetsregisteret. Se over at de stemmer." in kari.text()
    assert "NYBAKT KAFÉ AS" in kari.text()
    kari.look("review-known")
    send(kari)
    sent = application_of(region, UNKNOWN)
    assert (sent.state, sent.register_state) == ("submitted", "known")


@pytest.mark.usefixtures("newcomer")
def test_one_may_send_while_it_is_down(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(PHONE)
    start_unknown(kari)
    fill_in(kari)
    send(kari)
    assert kari.heading() == "Søknaden er sendt"
    sent = application_of(region, UNKNOWN)
    assert (sent.state, sent.register_state) == ("submitted", "pending")
