"""An appeal from the party's page to its end: one the municipality upholds, one the appeal body decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.ledger.api import of_case
from runde.foundation.people.api import Person
from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application
from runde.grants.casework.api import Appeal, Case, Decision

from .appealing import add_others, refuse
from .region import CAFE, Region, answers, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def refused_case(region: Region) -> Case:
    """The café's case, refused although the rules reach an amount."""
    at = timezone.now()
    [application] = send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    with fence(region.moss.tenant.id):
        case = Case.objects.select_related("application").get(application_id=application.id)
    refuse(region.moss, case, at)
    return case


def staff(region: Region) -> dict[str, Person]:
    return add_others(region.moss, timezone.now())


def appeal_from_the_case(visitor: Visitor, region: Region, application: Application) -> Appeal:
    visitor.go(f"/moss/soknader/{application.id}/")
    visitor.sign_in(region.applicant.email)
    visitor.press("Klag på vedtaket")
    visitor.look("appeal-form")
    visitor.press("Send klagen")
    assert "Skriv hva dere er uenige i" in visitor.text()
    visitor.look("appeal-form-error")
    visitor.page.get_by_label("Hva er dere uenige i").fill("Omsetningen for november er regnet feil.")
    visitor.press("Send klagen")
    assert "Vi har fått klagen. Den kom i tide." in visitor.page.locator("body").inner_text()
    visitor.look("status-appealed")
    visitor.press("Se klagen")
    assert visitor.heading() == "Vi skal se på saken på nytt"
    visitor.look("party-appeal")
    with fence(region.moss.tenant.id):
        return Appeal.objects.get()


def open_appeal(visitor: Visitor, person: Person) -> None:
    """From the menu's list to the appeal, past the question of impartiality."""
    visitor.go("/moss/klager/")
    visitor.sign_in(person.email)
    assert visitor.heading() == "1 av 1 klager venter"
    visitor.look("appeals")
    visitor.page.get_by_role("link", name="Sak 26/1").first.click()
    visitor.page.get_by_label("Ja, jeg kan behandle saken").check()
    visitor.press("Lagre svaret")
    visitor.page.locator("main a[href*='/klager/']").first.click()
    visitor.page.wait_for_load_state()


def take(visitor: Visitor) -> None:
    assert visitor.heading() == "Klagen venter på noen som ikke var med på vedtaket"
    visitor.look("appeal-received")
    visitor.press("Ta klagen")
    assert visitor.heading() == "Vil du se på saken på nytt?"
    visitor.press("Ta klagen")
    assert visitor.heading() == "Eli Foss ser på saken på nytt"
    visitor.look("appeal-taken")


def approve(visitor: Visitor, person: Person, region: Region) -> None:
    with fence(region.moss.tenant.id):
        proposal = Appeal.objects.get().proposal_id
    visitor.go(f"/moss/forslag/{proposal}/")
    visitor.sign_in(person.email)
    visitor.go(f"/moss/forslag/{proposal}/godkjenn/")
    visitor.look("approve")
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.wait_for_load_state()


@pytest.mark.parametrize("size", SIZES)
def test_an_appeal_is_upheld_by_people_who_took_no_part(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    case, others = refused_case(region), staff(region)
    kari, eli, jon, ida = (visitor(size) for _ in range(4))
    appeal = appeal_from_the_case(kari, region, case.application)

    ida.go(f"/moss/klager/{appeal.id}/")
    ida.sign_in(region.moss.email("officer"))
    assert "Du var med på vedtaket det er klaget på." in ida.text()
    ida.look("appeal-barred")

    open_appeal(eli, others["other_officer"])
    take(eli)
    eli.press("Endre vedtaket")
    eli.look("uphold")
    eli.press("Send til godkjenning")
    assert "Velg om søkeren får medhold i alt." in eli.text()
    eli.look("uphold-error")
    eli.page.get_by_label("Ja, i alt søkeren har bedt om").check()
    eli.page.get_by_label("Nytt beløp i alt").fill("117 400")
    eli.page.get_by_label("Begrunnelse i det nye vedtaket").fill("Omsetningen i november var lavere.")
    eli.page.get_by_label("Vurderingen din av klagen").fill("Regnskapet viser det søkeren sier.")
    eli.press("Send til godkjenning")
    assert eli.heading() == "Et nytt vedtak venter på godkjenning"
    eli.look("appeal-proposed")

    approve(jon, others["other_approver"], region)
    eli.page.reload()
    assert eli.heading() == "Klagen fra KAFÉ KANALEN AS: medhold"
    eli.look("appeal-upheld")
    kari.go(f"/moss/soknader/{case.application_id}/klage/{appeal.id}/")
    assert kari.heading() == "Dere fikk medhold i klagen"
    kari.look("party-upheld")
    with fence(region.moss.tenant.id):
        newest = Decision.objects.filter(case=case).order_by("-number")[0]
        assert (newest.outcome, newest.amount_nok) == ("granted", Decimal(117_400))
        assert of_case(case.id).committed == Decimal(117_400)


@pytest.mark.parametrize("size", SIZES)
def test_an_appeal_is_sent_on_and_changed_by_the_appeal_body(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    case, others = refused_case(region), staff(region)
    kari, eli, jon = (visitor(size) for _ in range(3))
    appeal = appeal_from_the_case(kari, region, case.application)

    open_appeal(eli, others["other_officer"])
    take(eli)
    eli.press("Send klagen videre")
    eli.page.get_by_label("Kommunens syn på klagen").fill("Vi mener omsetningen er regnet riktig.")
    eli.look("forward")
    eli.press("Send klagen videre")
    assert eli.heading() == "Klagen ligger hos klagenemnda i kommunen"
    eli.look("appeal-forwarded")
    kari.go(f"/moss/soknader/{case.application_id}/klage/{appeal.id}/")
    assert "Vi mener omsetningen er regnet riktig." in kari.text()
    kari.look("party-forwarded")

    eli.press("Registrer hva klageinstansen har bestemt")
    eli.page.get_by_label("Endret", exact=True).check()
    eli.page.get_by_label("Dag for avgjørelsen").fill(f"{timezone.localdate():%d.%m.%Y}")
    eli.page.get_by_label("Saksnummer hos klageinstansen").fill("14/27")
    eli.page.get_by_label("Begrunnelsen deres").fill("Nemnda mener halvparten er rimelig.")
    eli.look("outcome")
    eli.press("Registrer avgjørelsen")
    eli.press("Før det nye vedtaket")
    eli.page.get_by_label("Nytt beløp i alt").fill("60 000")
    eli.page.get_by_label("Begrunnelse i det nye vedtaket").fill("Klagenemnda har bestemt det i sak 14/27.")
    eli.look("carry-out")
    eli.press("Send til godkjenning")
    approve(jon, others["other_approver"], region)

    kari.go(f"/moss/soknader/{case.application_id}/klage/{appeal.id}/")
    assert kari.heading() == "Klagen er avgjort. Vedtaket er endret"
    kari.look("party-changed")
    with fence(region.moss.tenant.id):
        newest = Decision.objects.filter(case=case).order_by("-number")[0]
        assert newest.amount_nok == Decimal(60_000)
        assert of_case(case.id).committed == Decimal(60_000)
