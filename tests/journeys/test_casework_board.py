"""A political body decides: the list laid before it, taken out for its papers, and what it decided registered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Locator

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Decision

from .region import CAFE, Region, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
PROTOCOL = "Formannskapet sak 61/26"


def lay_before_the_body(ida: Visitor) -> None:
    ida.press("Legg saker fram")
    assert ida.heading() == "Legg 6 saker fram for politisk behandling"
    ida.page.get_by_label("Når er møtet?").fill("neste uke")
    ida.press("Legg fram 6 saker")
    assert "Skriv hvem som skal bestemme" in ida.text()
    assert "Skriv datoen slik: 14.12.2026." in ida.text()
    assert ida.page.get_by_label("Når er møtet?").input_value() == "neste uke"
    ida.look("lay-error")
    ida.page.get_by_label("Hvem skal bestemme?").fill("Formannskapet")
    ida.page.get_by_label("Når er møtet?").fill(f"{timezone.localdate():%d.%m.%Y}")
    ida.page.get_by_label("Saksnummer i møtet").fill("61/26")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Legg fram 6 saker")


def take_out(ida: Visitor) -> None:
    """As a paper and as a spreadsheet's file, each with all six cases."""
    with ida.page.expect_download() as paper:
        ida.page.get_by_role("link", name="Last ned lista (PDF)").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-")
    with ida.page.expect_download() as sheet:
        ida.page.get_by_role("link", name="Last ned lista (regneark)").click()
    assert len(sheet.value.path().read_text(encoding="utf-8-sig").splitlines()) == 7


def opened(per: Visitor, company: str) -> Locator:
    """What is asked about one case of the list, opened."""
    found = per.page.locator("main form details", has=per.page.locator("summary", has_text=company))
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def register(per: Visitor) -> None:
    cafe = opened(per, "KAFÉ KANALEN AS")
    cafe.get_by_label("Annet beløp").check()
    opened(per, "VERKET BAR AS").get_by_label("Utsatt").check()
    per.press("Registrer utfallet for 6 saker")
    assert "Skriv beløpet som ble bestemt i sak 26/1." in per.text()
    assert "Skriv hvor vedtaket står" in per.text()
    per.look("outcome-error")
    cafe = opened(per, "KAFÉ KANALEN AS")
    cafe.get_by_label("Beløp, hvis et annet enn innstilt").fill("50 000")
    cafe.get_by_label("Begrunnelse fra møtet").fill("Formannskapet vil fordele på flere.")
    per.page.get_by_label("Hvor står vedtaket?").fill(PROTOCOL)
    per.press("Registrer utfallet for 6 saker")


@pytest.mark.parametrize("size", SIZES)
def test_a_list_goes_out_and_what_was_decided_comes_in(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    moss = region.moss
    send_applications(moss, by=region.applicant)
    ida = visitor(size)
    ida.go("/moss/politisk/")
    ida.sign_in(moss.email("officer"))
    assert ida.heading() == "Politisk behandling: ingen lister venter"
    ida.look("none")
    lay_before_the_body(ida)
    assert ida.heading() == "Innstilling til Formannskapet: 6 saker, 560 200 kroner"
    assert "En godkjenner som ikke har forberedt lista" in ida.text()
    ida.look("laid")
    take_out(ida)

    per = visitor(size)
    per.go("/moss/politisk/")
    per.sign_in(moss.email("approver"))
    assert per.heading() == "Politisk behandling: 1 liste venter"
    per.look("lists")
    per.page.get_by_role("link", name="Formannskapet").click()
    per.look("outcome")
    register(per)
    assert per.heading() == "Formannskapet har bestemt: 6 saker, 340 100 kroner"
    assert "Formannskapet vil fordele på flere." in per.text()
    assert "3 får tilskudd, 2 får avslag, 1 er utsatt" in per.text()
    per.look("registered")

    with fence(moss.tenant.id):
        decided = {one.case.application.organisation_number: one for one in Decision.objects.all()}
        assert len(decided) == 5
        assert decided[CAFE].amount_nok == Decimal(50_000)
        assert Case.objects.get(application__organisation_number="310100099").state == Case.State.OPEN

    kari = visitor(size)
    kari.go("/min-side/")
    kari.sign_in(region.applicant.email)
    kari.press("KAFÉ KANALEN AS")
    assert kari.heading().startswith("Svaret på søknaden kom ")
    kari.look("told")
