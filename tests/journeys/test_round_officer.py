"""An officer weighs cases: from the list to what is laid before an approver; at a desk, on a phone, without script."""

from __future__ import annotations

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Proposal, list_proposals
from runde.grants.schemes.api import get_call, list_sources
from tests.factories import submitted_applications

from .region import CALL, Region, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
SCHEME = "Tilskudd til virksomheter rammet av smitteverntiltak"


def arrive(visitor: Visitor, region: Region, who: str = "officer") -> None:
    visitor.go("/moss/saker/")
    visitor.sign_in(region.moss.email(who))
    assert visitor.heading() == f"{SCHEME}: 7 saker"


def declare(visitor: Visitor, *, impartial: bool = True, reason: str = "") -> None:
    answer = "Ja, jeg kan behandle saken" if impartial else "Nei, jeg kan ikke behandle saken"
    visitor.page.get_by_label(answer).check()
    if reason:
        visitor.page.get_by_label("Hvorfor kan du ikke behandle saken?").fill(reason)
    visitor.press("Lagre svaret")


@pytest.mark.parametrize("size", SIZES)
def test_ready_cases_go_to_approval_together(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss, languages=("nb", "nn"))
    ida = visitor(size)
    arrive(ida, region)
    ida.look("worklist")

    ida.press("Velg alle 4 i «Klare»")
    assert "4 saker valgt" in ida.text()
    ida.look("worklist-all")
    ida.press("Lag forslag til vedtak")
    assert ida.heading() == "Forslag til 4 vedtak"
    ida.page.get_by_text("Se alle sakene og ta ut noen").click()
    ida.look("batch")

    ida.press("Send 4 til godkjenning")
    assert "Kryss av for at du kan behandle sakene" in ida.text()
    ida.look("batch-error")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 4 til godkjenning")

    assert ida.heading() == "Forslag til 4 vedtak, til sammen 560 200 kroner"
    assert "Per Strand kan godkjenne." in ida.text()
    ida.look("own-proposal")
    ida.go("/moss/saker/")
    assert "Ingen saker her nå." in ida.text()
    ida.look("lane-done")
    with fence(region.moss.tenant.id):
        [proposal] = list_proposals()
        assert proposal.lines.count() == 4


@pytest.mark.parametrize("size", SIZES)
def test_a_case_is_weighed(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    send_applications(region.moss)
    ida = visitor(size)
    arrive(ida, region)
    ida.page.get_by_role("link", name="Må vurderes").click()
    ida.look("worklist-weigh")
    ida.press("BAKGÅRDEN PIZZA AS")
    assert ida.heading() == "Kan du behandle denne saken?"
    ida.look("impartiality")
    ida.press("Lagre svaret")
    ida.look("impartiality-error")
    declare(ida)

    assert ida.heading() == "BAKGÅRDEN PIZZA AS mangler 3,57 prosentpoeng"
    ida.look("case")
    ida.page.get_by_label("Gi tilskudd: særlige forhold taler for").check()
    ida.page.get_by_label("Beløp, hvis et annet enn det reglene gir").fill("60 000")
    ida.press("Send til godkjenning")
    assert "Skriv med egne ord hvorfor." in ida.text()
    ida.look("case-error")
    ida.page.get_by_label("Begrunnelse med egne ord").fill("Lokalet var stengt i halve mai.")
    ida.page.locator("select[name=why_revenue_drop]").select_option("just_outside")
    ida.page.locator("textarea[name=past_revenue_drop]").fill("Det mangler lite.")
    ida.press("Send til godkjenning")
    assert ida.heading() == "Forslag til 1 vedtak, til sammen 60 000 kroner"
    ida.press("BAKGÅRDEN PIZZA AS")
    ida.look("case-proposed")


def test_an_interest_closes_the_case(region: Region, visitor: VisitorFactory) -> None:
    send_applications(region.moss)
    ida = visitor(DESKTOP)
    arrive(ida, region)
    ida.press("KAFÉ KANALEN AS")
    declare(ida, impartial=False, reason="Søsteren min eier kafeen.")
    assert ida.heading() == "Du kan ikke behandle denne saken"
    ida.look("closed")
    ida.go("/moss/saker/")
    assert "Du kan ikke behandle saken" in ida.text()


@pytest.mark.parametrize("size", SIZES)
def test_search_and_marks(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    send_applications(region.moss)
    ida = visitor(size)
    arrive(ida, region)
    ida.page.get_by_text("Søk og filter").click()
    ida.page.get_by_label("Navn, org.nr. eller saksnummer").fill("bar")
    ida.press("Vis saker")
    assert "VERKET BAR AS" in ida.text()
    assert "KAFÉ KANALEN AS" not in ida.text()
    ida.look("worklist-search")
    ida.page.get_by_label("Marker sak 26/4, VERKET BAR AS").check()
    ida.page.get_by_text("1 valgt").wait_for()
    ida.look("worklist-marked")
    ida.press("Lag forslag til vedtak")
    assert ida.heading() == "Forslag til 1 vedtak"


def test_a_long_list_has_pages_and_is_chosen_whole(region: Region, visitor: VisitorFactory) -> None:
    """Sixty cases, all with one account number: the set is whole, and the page says what must be looked at."""
    with fence(region.moss.tenant.id):
        submitted_applications(call=get_call(CALL), count=60, at=timezone.now())
    ida = visitor(DESKTOP)
    ida.go("/moss/saker/")
    ida.sign_in(region.moss.email("officer"))
    assert "Viser 1–25 av 60 saker" in ida.text()
    ida.look("long-list", whole=False)
    ida.press("Neste")
    assert "Viser 26–50 av 60 saker" in ida.text()
    ida.press("Velg alle 60 i «Klare»")
    assert "60 saker valgt" in ida.text()
    ida.press("Lag forslag til vedtak")
    assert ida.heading() == "Forslag til 1 vedtak"
    ida.look("long-batch")
    ida.page.get_by_text("59 saker er ikke med").click()
    ida.page.get_by_text("Samme kontonummer som sak 26/1.").first.wait_for()


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    send_applications(region.moss)
    ida = visitor(DESKTOP, script=False)
    arrive(ida, region)
    ida.look("worklist")
    ida.page.get_by_label("Marker sak 26/1, KAFÉ KANALEN AS").check()
    ida.press("Lag forslag til vedtak")
    ida.look("batch")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 1 til godkjenning")
    assert ida.heading() == "Forslag til 1 vedtak, til sammen 117 400 kroner"
    with fence(region.moss.tenant.id):
        assert Proposal.objects.count() == 1
        assert Case.objects.filter(state=Case.State.PROPOSED).count() == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_scheme_manager_registers_money(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    nina = visitor(size)
    nina.go("/moss/oversikt/")
    nina.sign_in(region.moss.email("manager"))
    assert nina.heading() == "8,0 mill. kroner vedtatt, 8,0 igjen"
    nina.look("overview")
    nina.press("Registrer vedtaket")
    nina.look("budget")
    nina.press("Registrer vedtaket")
    nina.look("budget-error")
    nina.page.get_by_label("Hvilket vedtak kommer pengene fra?").fill("Formannskapet sak 7/26")
    nina.press("Registrer vedtaket")
    assert nina.heading() == "10,0 mill. kroner vedtatt, 10,0 igjen"
    with fence(region.moss.tenant.id):
        assert all(one.state == "decided" for one in list_sources())
