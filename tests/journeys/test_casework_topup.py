"""A round that got too little, and then more: the same companies get the difference, and one letter tells the total."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Decision, Line, approve_proposal, list_cases, propose, write_letters
from runde.grants.payments.models import Payment
from runde.grants.schemes.api import get_call

from .region import CALL, Region, send_applications
from .visitors import DESKTOP, PHONE, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


@pytest.fixture
def halved(region: Region) -> Region:
    """Four grants, each of half of what the rules give: the budget was cut. Decided by the panel's ranking code, so
    that the amount is not one a person weighed."""
    send_applications(region.moss)
    moss = region.moss
    with fence(moss.tenant.id):
        at, officer = timezone.now(), moss.actor("officer", region.at)
        cases = [case for case in list_cases(get_call(CALL).id) if case.lane == "green"]
        lines = [
            Line(
                case.id,
                "granted",
                "budget_decided",
                ((case.recommended_nok or Decimal(0)) / 2).quantize(Decimal(1)),
                "Rammen rakk til halvparten.",
            )
            for case in cases
        ]
        proposal = propose(lines=lines, by=officer, at=at, declares_impartial=True)
        approved = approve_proposal(
            proposal_id=proposal.id, key="half", by=moss.actor("approver", region.at), at=at
        )
        write_letters(decision_ids=approved.decision_ids, at=at)
    return region


@pytest.mark.parametrize("size", SIZES)
def test_a_later_allocation_tops_up_the_same_companies(
    halved: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    moss = halved.moss
    ida = visitor(size)
    ida.go("/moss/oversikt/")
    ida.sign_in(moss.email("officer"))
    ida.press("Etterfylling")
    assert ida.heading() == "Gi 4 virksomheter mer penger"
    ida.look("top-up")
    ida.page.get_by_label("Bruk bare så mye av de ledige pengene").fill("200 000")
    ida.press("Vis hva det gir")
    assert "Får nå i tillegg" in ida.text()
    assert "200 000 kroner" in ida.text()
    ida.look("top-up-limited")
    ida.press("Send 4 vedtak til godkjenning")
    assert "Kryss av for at du kan behandle sakene" in ida.text()
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 4 vedtak til godkjenning")
    assert ida.heading() == "Forslag til 4 vedtak, til sammen 480 100 kroner"
    ida.look("topped-up")

    per = visitor(size)
    per.go("/moss/forslag/")
    per.sign_in(moss.email("approver"))
    per.go("/moss/forslag/")
    per.press("4 saker")
    per.press("Gå til godkjenning")
    per.look("approve")
    per.page.locator("main form button[type=submit]").last.click()
    per.page.wait_for_load_state()
    assert "4 vedtak er fattet" in per.text()
    with fence(moss.tenant.id):
        in_force = Decision.objects.filter(decision__isnull=True)
        assert sum(one.amount_nok for one in in_force) == 480_100
        owed = Payment.objects.filter(superseded__isnull=True)
        assert sum(one.amount_nok for one in owed) == 480_100
        assert all(one.snapshot["change"]["told"] == "topped_up" for one in in_force)
