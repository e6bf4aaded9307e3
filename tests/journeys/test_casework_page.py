"""A case from the first question to paper: impartiality, a figure set by hand, notes, openness, what the party sees."""

from __future__ import annotations

import pytest

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Check, list_cases
from runde.grants.schemes.api import get_call

from .region import CAFE, CALL, PIZZA, Region, decide_as_checked, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
WHY = "Husleien er delt med en annen virksomhet. Vi regner med vår del."


def case_of(region: Region, number: str) -> Case:
    with fence(region.moss.tenant.id):
        cases = Case.objects.select_related("application")
        return cases.get(application__organisation_number=number)


def open_case(visitor: Visitor, region: Region, number: str, who: str = "officer") -> str:
    address = f"/moss/saker/{case_of(region, number).id}/"
    visitor.go(address)
    visitor.sign_in(region.moss.email(who))
    return address


def say_yes(visitor: Visitor) -> None:
    visitor.page.get_by_label("Ja, jeg kan behandle saken").check()
    visitor.press("Lagre svaret")


@pytest.mark.parametrize("size", SIZES)
def test_a_case_is_read_changed_noted_and_printed(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    ida = visitor(size)
    address = open_case(ida, region, CAFE)
    assert ida.heading() == "Kan du behandle denne saken?"
    ida.look("question")
    say_yes(ida)
    assert ida.heading() == "KAFÉ KANALEN AS oppfyller alle krav og får 117 400 kroner"
    ida.look("case")

    ida.press("Sett et annet tall enn reglene gir")
    ida.page.get_by_label("Hvilket tall?").select_option(label="Faste kostnader dere oppga: 320 000 kroner")
    ida.page.get_by_label("Hva skal det være?").fill("300 000")
    ida.press("Regn ut på nytt")
    assert "Skriv hvorfor du setter et annet tall enn reglene gir." in ida.text()
    ida.look("figure-error")
    ida.page.get_by_label("Hvorfor?").fill(WHY)
    ida.press("Regn ut på nytt")
    assert ida.heading() == "KAFÉ KANALEN AS oppfyller alle krav og får 109 700 kroner"
    assert "320 000 kroner beregnet av reglene 300 000 kroner" in ida.text()
    ida.look("case-figure")
    with fence(region.moss.tenant.id):
        assert Check.objects.filter(case=case_of(region, CAFE)).count() == 2

    ida.press("Dialog")
    ida.page.get_by_label("Internt notat").fill("Ring utleieren før forslaget lages.")
    ida.press("Lagre notatet")
    assert "Ring utleieren før forslaget lages." in ida.text()
    ida.look("dialog")
    ida.press("Historikk")
    assert "Faste kostnader dere oppga satt til 300 000 kroner" in ida.text()
    ida.look("history")

    ida.press("Dokumenter")
    ida.look("documents")
    ida.press("Endre hvem som kan se tekster og dokumenter")
    ida.look("openness")
    ida.page.get_by_role("link", name="Faste kostnader", exact=False).first.click()
    ida.page.get_by_label("Søkerens forretningshemmeligheter").check()
    ida.look("openness-one")
    ida.press("Lagre")
    assert "Unntatt offentlighet, offl. § 13" in ida.text()

    ida.go(f"{address}innsyn/")
    assert "Ring utleieren" not in ida.text()
    assert WHY not in ida.text()
    ida.look("party")
    ida.go(f"{address}utskrift/")
    assert "Ring utleieren" in ida.text()
    assert WHY in ida.text()
    ida.look("whole")


@pytest.mark.parametrize("size", SIZES)
def test_a_case_leaves_who_has_an_interest_in_it(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    ida = visitor(size)
    address = open_case(ida, region, PIZZA)
    say_yes(ida)
    ida.press("Tildel meg")
    assert "Ansvarlig: Ida Lunde" in ida.text()
    ida.press("Endre svaret")
    ida.page.get_by_label("Nei, jeg kan ikke behandle saken").check()
    ida.page.get_by_label("Hvorfor kan du ikke behandle saken?").fill("Broren min eier pizzeriaen.")
    ida.press("Lagre svaret")
    assert ida.heading() == "Du kan ikke behandle denne saken"
    ida.look("closed")
    for part in ("dialog/", "utskrift/", "innsyn/", "tall/"):
        ida.go(f"{address}{part}")
        assert ida.heading() == "Du kan ikke behandle denne saken"
    assert case_of(region, PIZZA).assigned_to != region.moss.staff["officer"].id


@pytest.mark.parametrize("size", SIZES)
def test_an_auditor_reads_and_looks_back(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    decide_as_checked(region.moss)
    rita = visitor(size)
    open_case(rita, region, CAFE, "auditor")
    assert rita.heading() == "KAFÉ KANALEN AS får 117 400 kroner"
    assert "Slik saken var da vedtaket ble fattet" in rita.text()
    rita.look("auditor")
    rita.page.get_by_label("Per dato").fill("01.01.2020")
    rita.press("Vis saken slik den var")
    assert "Saken fantes ikke den dagen." in rita.text()


def test_keys_lead_through_the_case(region: Region, visitor: VisitorFactory) -> None:
    send_applications(region.moss)
    ida = visitor(DESKTOP)
    address = open_case(ida, region, CAFE)
    say_yes(ida)
    ida.page.keyboard.press("3")
    ida.page.wait_for_url("**/dialog/")
    ida.page.get_by_label("Internt notat").fill("4 av 5")
    assert ida.page.url.endswith("/dialog/")
    ida.page.keyboard.press("Tab")
    ida.page.keyboard.press("1")
    ida.page.wait_for_url(f"**{address}")
    with fence(region.moss.tenant.id):
        others = [one.id for one in list_cases(get_call(CALL).id, lane="green")]
    ida.page.keyboard.press("n")
    ida.page.wait_for_load_state()
    assert len(others) > 1
