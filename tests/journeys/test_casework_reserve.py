"""The reserve list: who waits sees the place in line, money comes back, and the next ones get it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from runde.foundation.ledger.api import Share, commit_many
from runde.foundation.trust.api import fence
from runde.grants.casework.api import (
    Case,
    Decision,
    Line,
    approve_proposal,
    confirm_reading,
    decline_grant,
    propose,
    propose_as_checked,
    write_letters,
)
from runde.grants.schemes.api import get_call, open_call, sources_of

from . import region as regions
from .appealing import party
from .conftest import Site
from .region import CAFE, CALL, Region, send_applications
from .test_apply_after_sending import TERMS
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
WAITING = ("310100064", "310100072", "310100099")
"""In line after the café: 266 000, 24 100 and 152 700 kroner."""


@pytest.fixture
def bound(site: Site, monkeypatch: pytest.MonkeyPatch) -> Region:
    """A region where who is granted must say yes, and may say no."""
    monkeypatch.setattr(regions, "open_call", partial(open_call, terms=TERMS))
    return regions.make_region()


def leave(region: Region, amount_nok: Decimal) -> None:
    """Only so much is free, and all of it in one source."""
    with fence(region.moss.tenant.id):
        at, case = timezone.now(), Case.objects.order_by("ordinal")[0]
        shares = [
            Share(
                f"test:{one.id}",
                case.id,
                one.id,
                one.amount_nok - (amount_nok if one.name == "Næringsfondet" else 0),
            )
            for one in sources_of(get_call(CALL))
            if one.state == "decided"
        ]
        commit_many(shares, by=region.moss.actor("officer", at), at=at)


def put_in_line(region: Region) -> None:
    """The café gets its grant; the three after it get a place in line."""
    town, at = region.moss, timezone.now()
    with fence(town.tenant.id):
        cases = {one.application.organisation_number: one for one in Case.objects.all()}
        officer, approver = town.actor("officer", at), town.actor("approver", at)
        first = propose_as_checked(case_ids=[cases[CAFE].id], by=officer, at=at, declares_impartial=True)
        approved = approve_proposal(proposal_id=first.id, key="first", by=approver, at=at)
        lines = [
            Line(
                cases[number].id,
                "refused",
                "reserve_listed",
                reason_text="Pengene rakk ikke til alle.",
                reserve_rank=rank,
                reserve_nok=cases[number].recommended_nok,
            )
            for rank, number in enumerate(WAITING, start=1)
        ]
        rest = propose(lines=lines, by=officer, at=at, declares_impartial=True)
        listed = approve_proposal(proposal_id=rest.id, key="rest", by=approver, at=at)
        write_letters(decision_ids=[*approved.decision_ids, *listed.decision_ids], at=at)


def say_no(region: Region) -> None:
    """The café does not want the money after all."""
    at = timezone.now()
    with fence(region.moss.tenant.id):
        decision = Decision.objects.get(case__application__organisation_number=CAFE)
        by = party(decision.case, at)
        confirm_reading(decision_id=decision.id, by=by, at=at)
        decline_grant(decision_id=decision.id, by=by, at=at)


def open_status(kari: Visitor, region: Region, number: str) -> None:
    """The newest decision has been read."""
    with fence(region.moss.tenant.id):
        case = Case.objects.get(application__organisation_number=number)
        newest = Decision.objects.filter(case=case).order_by("-number")[0]
        confirm_reading(decision_id=newest.id, by=party(case, timezone.now()), at=timezone.now())
    kari.go(f"/moss/soknader/{case.application_id}/")
    if "/konto/login/" in kari.page.url:
        kari.sign_in(region.applicant.email)


@pytest.mark.parametrize("size", SIZES)
def test_money_that_comes_back_goes_to_the_next_in_line(
    bound: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    region, moss = bound, bound.moss
    send_applications(moss, by=region.applicant)
    leave(region, Decimal(300_000))
    put_in_line(region)
    kari = visitor(size)
    open_status(kari, region, WAITING[1])
    assert kari.heading() == "Dere står på reservelista"
    assert "Dere er nummer 2 på reservelista, for 24 100 kroner." in kari.text()
    kari.look("in-line")

    ida = visitor(size)
    ida.go("/moss/oversikt/")
    ida.sign_in(moss.email("officer"))
    ida.press("Reserveliste")
    assert ida.heading() == "Reserveliste: 3 virksomheter venter"
    assert "Mangler til den første" in ida.text()
    assert "83 400 kroner" in ida.text()
    ida.look("waiting")

    say_no(region)
    ida.page.reload()
    assert ida.heading() == "Reserveliste: pengene rekker til 2 virksomheter"
    ida.press("Send 2 vedtak til godkjenning")
    assert "Kryss av for at du kan behandle sakene" in ida.text()
    ida.look("reached-error")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 2 vedtak til godkjenning")
    assert ida.heading() == "Forslag til 2 vedtak, til sammen 290 100 kroner"

    per = visitor(size)
    per.go("/moss/forslag/")
    per.sign_in(moss.email("approver"))
    per.press("2 saker")
    per.press("Gå til godkjenning")
    per.look("approve")
    per.page.locator("main form button[type=submit]").last.click()
    per.page.wait_for_load_state()
    assert "2 vedtak er fattet" in per.text()

    ida.go("/moss/oversikt/reserveliste/")
    assert ida.heading() == "Reserveliste: 1 virksomhet venter"
    ida.page.get_by_text("Se hvem").click()
    ida.page.get_by_text("Har fått tilskudd").first.wait_for()
    ida.look("moved-up")
    open_status(kari, region, WAITING[1])
    assert "Dere sto på reservelista. Nå er det penger igjen, og det ble deres tur." in kari.text()
    kari.look("got-it")


def test_nobody_in_line(region: Region, visitor: VisitorFactory) -> None:
    arne = visitor(PHONE)
    arne.go("/moss/oversikt/reserveliste/")
    arne.sign_in(region.moss.email("auditor"))
    assert arne.heading() == "Ingen står på reservelista"
    arne.look("nobody")
