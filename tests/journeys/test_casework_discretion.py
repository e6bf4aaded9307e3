"""A discretionary case: how like cases were decided, why a criterion is gone past, and why one is decided unlike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    Deviation,
    Line,
    ProposalLine,
    approve_proposal,
    case_features,
    list_cases,
    propose,
)
from runde.grants.precedents.api import Features, record_precedents
from runde.grants.schemes.api import get_call
from tests.grants.precedents.made import case, fall, weighed

from .region import CAFE, CALL, PIZZA, Region, answers, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
YELLOW = {
    CAFE: answers(revenue=410000, before=560000, account=1),
    "310100064": answers(revenue=660000, before=900000, costs=410000, account=2),
    "310100072": answers(revenue=154000, before=210000, costs=160000, account=3),
    "310100099": answers(revenue=470000, before=640000, costs=220000, account=4),
    PIZZA: answers(revenue=412000, before=560000, account=5),
}


def decide_three(region: Region) -> None:
    """Three alike were granted about what the rules give."""
    town, at = region.moss, timezone.now()
    with fence(town.tenant.id):
        officer = town.actor("officer", at)
        cases = [one for one in list_cases(get_call(CALL).id) if one.application.organisation_number != PIZZA]
        stands = case_features([one.id for one in cases], at=at)
        lines = [granted(one, stands[one.id]) for one in cases[:3]]
        proposal = propose(lines=lines, by=officer, at=at, declares_impartial=True)
        approve_proposal(proposal_id=proposal.id, key="three", by=town.actor("approver", at), at=at)


def granted(one: Case, stands: Features) -> Line:
    past = tuple(Deviation(missed.slug, "beyond_control", "Stengt i mai.") for missed in stands.missed)
    words = "Kommunen stengte lokalet i to uker i mai, og det forklarer det som mangler."
    return Line(one.id, "granted", "discretion_granted", Decimal(50_000), words, past)


def open_case(visitor: Visitor, region: Region, orgnr: str) -> None:
    with fence(region.moss.tenant.id):
        found = Case.objects.get(application__organisation_number=orgnr)
    visitor.go(f"/moss/saker/{found.id}/")
    if "/konto/login/" in visitor.page.url:
        visitor.sign_in(region.moss.email("officer"))
    if visitor.heading() == "Kan du behandle denne saken?":
        visitor.page.get_by_label("Ja, jeg kan behandle saken").check()
        visitor.press("Lagre svaret")


@pytest.mark.parametrize("size", SIZES)
def test_a_case_is_weighed_beside_its_like(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss, YELLOW)
    decide_three(region)
    ida = visitor(size)
    open_case(ida, region, PIZZA)
    panel = ida.page.locator("#lignende")
    panel.get_by_text("3 lignende saker: 3 fikk tilskudd.").wait_for()
    told = panel.inner_text().replace("\u00a0", " ")
    assert "Median 50 000 kroner." in told
    assert "Noe virksomheten ikke rår over" in told
    assert "KAFÉ" not in told
    ida.look("case-with-like")

    ida.page.get_by_label("Gi tilskudd: særlige forhold taler for").check()
    ida.page.get_by_label("Beløp, hvis et annet enn det reglene gir").fill("48 000")
    ida.page.locator("textarea[name=text]").fill("Lokalet var stengt i halve mai.")
    ida.press("Send til godkjenning")
    assert "Velg hvorfor dere går forbi kravet" in ida.text()
    ida.look("past-missing")

    ida.page.get_by_label("Gi avslag: særlige forhold taler imot").check()
    ida.page.get_by_label("Beløp, hvis et annet enn det reglene gir").fill("")
    ida.press("Send til godkjenning")
    assert "3 av 3 lignende saker fikk tilskudd. Du foreslår avslag." in ida.text()
    ida.look("departs")
    ida.page.get_by_label("Forslaget ditt avviker fra lignende saker. Hvorfor?").select_option("facts_differ")
    ida.page.get_by_label("Begrunn avviket med egne ord").fill("Her var lokalet åpent hele tiden.")
    ida.press("Send til godkjenning")
    with fence(region.moss.tenant.id):
        line = ProposalLine.objects.get(case__application__organisation_number=PIZZA)
        assert (line.outcome, line.departure_code) == ("refused", "facts_differ")
        assert len(line.departs_from["decisions"]) == 3


def test_a_grant_goes_past_a_criterion_with_a_reason_without_script(
    region: Region, visitor: VisitorFactory
) -> None:
    send_applications(region.moss, YELLOW)
    decide_three(region)
    ida = visitor(DESKTOP, script=False)
    open_case(ida, region, PIZZA)
    ida.press("Se hvordan lignende saker er avgjort")
    assert ida.heading() == "Lignende saker"
    assert "3 lignende saker: 3 fikk tilskudd." in ida.text()
    ida.look("like-page")
    open_case(ida, region, PIZZA)
    ida.page.get_by_label("Gi tilskudd: særlige forhold taler for").check()
    ida.page.get_by_label("Beløp, hvis et annet enn det reglene gir").fill("48 000")
    ida.page.locator("textarea[name=text]").fill("Lokalet var stengt i halve mai.")
    ida.page.locator("select[name=why_revenue_drop]").select_option("just_outside")
    ida.page.locator("textarea[name=past_revenue_drop]").fill("Det mangler under fire prosentpoeng.")
    ida.press("Send til godkjenning")
    with fence(region.moss.tenant.id):
        line = ProposalLine.objects.get(case__application__organisation_number=PIZZA)
        assert [one["code"] for one in line.deviations] == ["just_outside"]
        assert line.departure_code == ""
        assert Decision.objects.count() == 3


@pytest.mark.parametrize("size", SIZES)
def test_the_round_is_looked_over_before_it_closes(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss, YELLOW)
    decide_three(region)
    refuse(region)
    fill_the_round(region)
    ida = visitor(size)
    ida.go("/moss/oversikt/")
    ida.sign_in(region.moss.email("manager"))
    ida.press("Se om like saker får like svar")
    assert ida.heading() == "4 par av like saker fikk ulikt svar uten begrunnelse"
    told = ida.text()
    assert "Avslag (forslag)" in told
    assert "Begrunnet" in told
    assert "Mangler begrunnelse" in told
    assert "Andel som får tilskudd, etter næring" in told
    assert "BAKGÅRDEN" not in told
    ida.look("fairness")


def refuse(region: Region) -> None:
    town, at = region.moss, timezone.now()
    with fence(town.tenant.id):
        pizza = Case.objects.get(application__organisation_number=PIZZA)
        words, why = "Ikke særlige forhold.", "Her var lokalet åpent hele tiden."
        line = Line(pizza.id, "refused", "discretion_refused", None, words, (), "facts_differ", why)
        propose(lines=[line], by=town.actor("officer", at), at=at, declares_impartial=True)


def fill_the_round(region: Region) -> None:
    """Enough other cases in the call for the groups to be shown."""
    at = timezone.now()
    with fence(region.moss.tenant.id):
        call = get_call(CALL).id
        shops = [
            weighed(
                case(fall(f"9.{one}"), industry="96.020", section="T", employees=30, municipality="3103"),
                "refused" if one % 3 else "granted",
                40_000,
                case_number=f"26/{one + 40}",
                call_id=call,
            )
            for one in range(9)
        ]
        cafes = [
            weighed(case(municipality="3103"), "granted", 80_000, case_number=f"26/{one + 20}", call_id=call)
            for one in range(12)
        ]
        record_precedents([*shops, *cafes], at=at)
