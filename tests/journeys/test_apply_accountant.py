"""An accountant with five clients: invited by one, by Altinn's word for two, switches, applies, and is let go again."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from runde.foundation.people.api import (
    Mandate,
    Person,
    get_applicant,
    give_mandates,
    register_person,
)
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application

from .conftest import Site
from .region import CAFE, CALL, PIZZA, Region
from .visitors import DESKTOP, PASSWORD, PHONE, VisitorFactory

ACCOUNTANT = "siv@regnskap.example"
CLIENTS = [PIZZA, "310100064", "310100072", "310100080"]
SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
PEOPLE = f"/min-side/virksomheter/{CAFE}/"


@pytest.fixture
def siv(region: Region) -> Person:
    """Siv Berg, accountant for four companies already."""
    made = register_person(email=ACCOUNTANT, name="Siv Berg", hashed_password=make_password(PASSWORD))
    give_mandates(
        person=made,
        organisation_numbers=CLIENTS,
        source=Mandate.Source.ALTINN,
        evidence="REGN",
        valid_from=timezone.localdate(region.at),
    )
    return made


def token_in_mail(site: Site, to: str) -> str:
    """From the newest mail to the address."""
    from runde.foundation.notices.models import Notice
    from runde.foundation.organisations.api import find_tenant

    moss = find_tenant("moss")
    assert moss is not None
    with fence(moss.id):
        body = Notice.objects.filter(to_email=to, subject_kind="invitation").latest("queued_at").body
    return re.findall(r"/o/([\w-]{48})/", body)[0]


@pytest.mark.parametrize("size", SIZES)
def test_five_clients(
    region: Region, site: Site, siv: Person, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    kari = visitor(size)
    kari.go(PEOPLE)
    kari.sign_in("kari@kanalen.example")
    assert kari.heading() == "Hvem kan handle for KAFÉ KANALEN AS"
    kari.look("company")
    kari.press("Inviter noen")
    kari.look("invite")
    kari.press("Send invitasjonen")
    assert "Skriv e-postadressen til den du inviterer." in kari.text()
    kari.look("invite-error")
    kari.page.get_by_label("E-postadressen til den du inviterer").fill(ACCOUNTANT)
    kari.page.get_by_label("Fyller ut", exact=True).check()
    kari.press("Send invitasjonen")
    assert f"Invitasjonen er sendt til {ACCOUNTANT}" in kari.text()
    kari.look("company-invited")

    token = token_in_mail(site, ACCOUNTANT)
    scanner = visitor(size)
    referers: list[str] = []
    scanner.page.on("request", lambda one: referers.append(one.headers.get("referer", "") + one.url))
    for _ in range(5):
        scanner.go(f"/o/{token}/")
    assert scanner.heading() == "Kari Dahl inviterer deg til å handle for KAFÉ KANALEN AS"
    assert [one for one in referers if token in one and not one.endswith(f"/o/{token}/")] == []
    assert token not in scanner.page.url
    assert CAFE not in get_applicant(siv, on=timezone.localdate()).companies
    scanner.look("invitation")

    scanner.press("Godta invitasjonen")
    assert scanner.heading() == "Du kan nå handle for KAFÉ KANALEN AS"
    scanner.look("invitation-accepted")
    scanner.press("Logg inn og se virksomhetene dine")
    scanner.sign_in(ACCOUNTANT)
    assert scanner.heading() == "Du handler for 5 virksomheter"
    scanner.look("companies")
    scanner.page.get_by_role("button", name="Bytt til denne: BAKGÅRDEN PIZZA AS").click()
    assert "Du handler nå for BAKGÅRDEN PIZZA AS." in scanner.text()
    assert "på vegne av BAKGÅRDEN PIZZA AS" in scanner.page.locator("header").inner_text().replace(
        "\u00a0", " "
    )

    scanner.go(f"/moss/utlysninger/{CALL}/sok/")
    scanner.page.get_by_label("BAKGÅRDEN PIZZA AS").check()
    scanner.press("Start søknaden")
    with fence(region.moss.tenant.id):
        assert Application.objects.get(organisation_number=PIZZA).applicant_id == siv.id

    kari.go(PEOPLE)
    kari.page.get_by_role("link", name="Avslutt rollen til Siv Berg").click()
    kari.look("end-role")
    kari.press("Avslutt rollen")
    assert "Rollen til Siv Berg er avsluttet." in kari.text()
    kari.page.get_by_text("Historikk").click()
    kari.look("company-history")
    scanner.go("/min-side/virksomheter/")
    assert scanner.heading() == "Du handler for 4 virksomheter"


@pytest.mark.parametrize("size", SIZES)
def test_asking_and_answering(
    region: Region, siv: Person, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    """Who is not vouched for asks; the company answers; where nobody can, the municipality does."""
    asker = visitor(size)
    asker.go(f"{PEOPLE}be-om/")
    asker.sign_in(ACCOUNTANT)
    asker.look("ask")
    asker.page.get_by_label("Hva er du i virksomheten?").fill("regnskapsfører")
    asker.press("Send spørsmålet")
    assert "Spørsmålet er sendt." in asker.text()
    asker.look("companies-asked")

    kari = visitor(size)
    kari.go(PEOPLE)
    kari.sign_in("kari@kanalen.example")
    kari.press("Svar Siv Berg")
    kari.look("consider")
    kari.page.get_by_label("Ja, men bare fylle ut").check()
    kari.press("Send svar")
    assert "Siv Berg kan nå handle for virksomheten." in kari.text()

    asker.go("/min-side/virksomheter/310100099/be-om/")
    asker.page.get_by_label("Hva er du i virksomheten?").fill("styreleder")
    asker.press("Send spørsmålet")
    officer = visitor(size)
    officer.go("/moss/handle-for/")
    officer.sign_in(region.moss.email("officer"))
    officer.look("requests")
    officer.press("Siv Berg")
    officer.look("vouch")
    officer.page.get_by_label("Nei", exact=True).check()
    officer.page.get_by_label("Grunn, hvis du svarer nei").fill("Firmaattesten viser en annen styreleder.")
    officer.press("Send svar")
    assert "Siv Berg har fått svaret på e-post." in officer.text()
    assert officer.heading() == "Ingen venter på å få handle for en virksomhet"


def test_a_link_that_opens_nothing(region: Region, siv: Person, visitor: VisitorFactory) -> None:
    from datetime import timedelta
    from uuid import uuid4

    from runde.foundation.people.api import make_link

    then = timezone.now() - timedelta(days=30)
    old = make_link(
        purpose="act_for_company", subject_id=uuid4(), tenant_id=region.moss.tenant.id, person_id=siv.id,
        expires_at=then + timedelta(days=7), at=then,
    )  # fmt: skip
    for size in (DESKTOP, PHONE):
        reader = visitor(size)
        reader.go(f"/o/{old}/")
        assert reader.heading() == "Lenken er for gammel"
        reader.look("link-expired")
        reader.go("/o/uleselig/")
        assert reader.heading() == "Lenken er ikke hel"
        reader.look("link-not-whole")
