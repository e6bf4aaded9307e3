"""A grant before its money, as the applicant sees it: in full when the money is decided, lapsed when it is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.ledger.api import of_case
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    How,
    approve_proposal,
    confirm_reading,
    propose_as_checked,
    write_letters,
)
from runde.grants.schemes.api import (
    FundingSource,
    get_call,
    register_budget_decision,
    sources_of,
    withdraw_source,
)

from .appealing import party
from .region import CAFE, CALL, Region, answers, send_applications
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def promise(region: Region) -> Case:
    """The café's grant, decided on money the body has not decided yet, and read by the party."""
    send_applications(region.moss, {CAFE: answers()}, by=region.applicant)
    town, at = region.moss, timezone.now()
    with fence(town.tenant.id):
        case = Case.objects.select_related("application").get()
        proposal = propose_as_checked(
            case_ids=[case.id],
            by=town.actor("officer", at),
            at=at,
            declares_impartial=True,
            how=How(is_conditional=True),
        )
        by = town.actor("approver", at)
        approved = approve_proposal(proposal_id=proposal.id, key="promise", by=by, at=at)
        write_letters(decision_ids=approved.decision_ids, at=at)
    read(region, case)
    return case


def read(region: Region, case: Case) -> None:
    at = timezone.now()
    with fence(region.moss.tenant.id):
        newest = Decision.objects.filter(case=case).order_by("-number")[0]
        confirm_reading(decision_id=newest.id, by=party(case, at), at=at)


def awaited(region: Region) -> FundingSource:
    return next(one for one in sources_of(get_call(CALL)) if one.name == "Tilleggsbevilgning")


def status_of(kari: Visitor, region: Region, case: Case) -> None:
    kari.go(f"/moss/soknader/{case.application_id}/")
    if "/konto/login/" in kari.page.url:
        kari.sign_in(region.applicant.email)


def settle(ida: Visitor, region: Region) -> None:
    ida.go("/moss/oversikt/")
    ida.sign_in(region.moss.email("officer"))
    ida.look("overview")
    ida.press("1 betinget vedtak kan gjøres opp: Tilleggsbevilgning")
    assert ida.heading() == "Gjør opp 1 betinget vedtak"


def approve(per: Visitor, region: Region) -> None:
    per.go("/moss/forslag/")
    per.sign_in(region.moss.email("approver"))
    per.press("1 sak")
    per.press("Gå til godkjenning")
    per.look("approve")
    per.page.locator("main form button[type=submit]").last.click()
    per.page.wait_for_load_state()
    assert "1 vedtak er fattet" in per.text()


@pytest.mark.parametrize("size", SIZES)
def test_the_money_is_not_decided_and_the_grant_lapses(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    case = promise(region)
    kari = visitor(size)
    status_of(kari, region, case)
    assert kari.heading() == "Dere kan få 117 400 kroner, hvis pengene blir vedtatt"
    assert "Beløpet kan bli satt ned eller falle bort." in kari.text()
    kari.look("conditional")

    at = timezone.now()
    with fence(region.moss.tenant.id):
        by = region.moss.actor("manager", at)
        withdraw_source(source=awaited(region), reason="Formannskapet sa nei.", by=by, at=at)
    ida = visitor(size)
    settle(ida, region)
    ida.press("Send 1 vedtak til godkjenning")
    assert "Skriv hvor det står at pengene ikke kommer" in ida.text()
    assert "Kryss av for at du kan behandle sakene" in ida.text()
    ida.look("lapse-error")
    ida.page.get_by_label("Hvor står det at pengene ikke kommer?").fill("Formannskapet sak 70/26")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 1 vedtak til godkjenning")
    ida.look("lapse-proposed")
    approve(visitor(size), region)

    read(region, case)
    status_of(kari, region, case)
    assert kari.heading() == "Dere får ikke tilskudd"
    lapsed = "Pengene ble ikke vedtatt. Derfor faller det betingede vedtaket på 117 400 kroner bort."
    assert lapsed in kari.text()
    kari.look("lapsed")
    with fence(region.moss.tenant.id):
        assert of_case(case.id).committed == 0


def test_the_money_is_decided_and_the_grant_stands_in_full(region: Region, visitor: VisitorFactory) -> None:
    case, at = promise(region), timezone.now()
    with fence(region.moss.tenant.id):
        register_budget_decision(
            source=awaited(region),
            document="Formannskapet sak 70/26",
            amount_nok=Decimal(2_000_000),
            by=region.moss.actor("manager", at),
            at=at,
        )
    ida = visitor(PHONE)
    settle(ida, region)
    assert "Gjelder fullt ut" in ida.text()
    ida.look("in-full")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 1 vedtak til godkjenning")
    approve(visitor(PHONE), region)

    read(region, case)
    kari = visitor(PHONE)
    status_of(kari, region, case)
    assert "Pengene er vedtatt. Derfor får dere hele beløpet i det betingede vedtaket." in kari.text()
    kari.look("effective")
    with fence(region.moss.tenant.id):
        assert of_case(case.id).committed == Decimal(117_400)
