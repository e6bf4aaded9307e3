"""Where the money stands: read by many, changed with a document, let go of by two, and handed to the accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from .region import Region, decide_as_checked, pay, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def arrive(visitor: Visitor, region: Region, who: str) -> None:
    visitor.go("/moss/penger/")
    visitor.sign_in(region.moss.email(who))


@pytest.mark.parametrize("size", SIZES)
def test_from_the_first_look_to_the_statement_of_the_year(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    decide_as_checked(region.moss)
    solveig = visitor(size)
    arrive(solveig, region, "finance")
    assert solveig.heading() == "8,0 mill. kroner vedtatt, 7,4 ledig"
    solveig.look("cockpit")

    solveig.press("Næringsfondet")
    solveig.look("source")
    solveig.press("Endre pengene")
    solveig.press("Registrer endringen")
    assert "Velg hva som har skjedd." in solveig.text()
    solveig.look("change-error")
    solveig.page.get_by_label("Beløpet er endret").check()
    solveig.page.get_by_label("Nytt beløp").fill("6 000 000")
    solveig.page.get_by_label("Hvilket vedtak sier det?").fill("Kommunestyret sak 88/26")
    solveig.page.get_by_label("Hvorfor?").fill("Budsjettet er justert.")
    solveig.press("Registrer endringen")
    assert "Kommunestyret sak 88/26" in solveig.text()
    assert "Før: 5 000 000 kroner." in solveig.text()
    solveig.look("source-changed")
    solveig.page.get_by_role("link", name="Årsoppgave").first.click()
    assert "Bevilget i året, etter endringer" in solveig.text()
    solveig.look("year")


@pytest.mark.parametrize("size", SIZES)
def test_two_persons_let_go_of_a_rest(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    send_applications(region.moss)
    decide_as_checked(region.moss)
    solveig, per = visitor(size), visitor(size)
    arrive(solveig, region, "finance")
    solveig.press("Statlig kompensasjon, servering")
    solveig.press("Frigi resten")
    solveig.press("Send til godkjenning")
    assert "Skriv hvorfor resten ikke skal brukes." in solveig.text()
    solveig.look("rest-error")
    solveig.page.get_by_label("Hvorfor skal resten ikke brukes?").fill("Kafeen er solgt.")
    solveig.press("Send til godkjenning")
    assert "Venter på at en annen godkjenner" in solveig.text()

    arrive(per, region, "approver")
    per.look("cockpit-approver")
    per.page.locator("main ul.ds-list a").first.click()
    assert "Kafeen er solgt." in per.text()
    per.look("rest-approve")
    per.press("Frigi resten")
    assert "står igjen hos kildene" in per.text()
    per.look("rest-done")


@pytest.mark.parametrize("size", SIZES)
def test_the_books_go_to_the_accounts(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    send_applications(region.moss)
    decide_as_checked(region.moss)
    pay(region.moss)
    solveig = visitor(size)
    arrive(solveig, region, "finance")
    solveig.press("Hent bilag til regnskapet")
    solveig.look("export-uncoded")
    solveig.press("Legg inn kontoplanen")
    solveig.look("coding")
    solveig.press("Lagre kontoplanen")
    solveig.look("export")
    with solveig.page.expect_download() as fetched:
        solveig.page.get_by_role("button", name="Last ned bilag").click()
    assert "Sendt til bank" in Path(fetched.value.path()).read_text(encoding="utf-8-sig")


def test_money_is_registered_and_the_auditor_reads(region: Region, visitor: VisitorFactory) -> None:
    solveig, arne = visitor(DESKTOP), visitor(PHONE)
    arrive(solveig, region, "finance")
    solveig.press("Registrer penger")
    solveig.press("Registrer pengene")
    assert "Skriv hvem som gir pengene." in solveig.text()
    solveig.look("add-error")
    solveig.page.get_by_label("Hva heter pengene?").fill("Omstillingsmidler 2027")
    solveig.page.get_by_label("Hvem gir dem?").fill("Fylkeskommunen")
    solveig.page.get_by_label("Beløp").fill("750 000")
    solveig.page.get_by_label("Søkt om").check()
    solveig.press("Registrer pengene")
    assert solveig.heading() == "Omstillingsmidler 2027: 750 000 kroner, søkt om"
    solveig.look("applied-for")
    arrive(arne, region, "auditor")
    assert "Omstillingsmidler 2027" in arne.text()
    assert arne.page.get_by_role("link", name="Registrer penger").count() == 0
    arne.look("cockpit-auditor")
