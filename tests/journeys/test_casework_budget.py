"""Grants before their money: promised, decided at 60 per cent, cut alike, approved and told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from runde.foundation.ledger.api import balances
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Decision
from runde.grants.schemes.api import get_call, sources_of

from .region import CALL, Region, send_applications
from .visitors import DESKTOP, PHONE, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
SIXTY = Decimal(336_120)


@pytest.mark.parametrize("size", SIZES)
def test_a_budget_decision_at_sixty_per_cent(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    moss = region.moss
    send_applications(moss, languages=("nb", "nn"))
    ida = visitor(size)
    ida.go("/moss/oversikt/")
    ida.sign_in(moss.email("officer"))
    ida.look("overview")
    ida.press("Lag betingede vedtak")
    assert ida.heading() == "Lag 4 betingede vedtak"
    ida.look("promise")
    ida.press("Send 4 betingede vedtak til godkjenning")
    assert "Kryss av for at du kan behandle sakene" in ida.text()
    ida.look("promise-error")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 4 betingede vedtak til godkjenning")
    assert ida.heading() == "Forslag til 4 vedtak, til sammen 560 200 kroner"
    ida.look("promised")

    per = visitor(size)
    approve_first(per, moss.email("approver"))
    with fence(moss.tenant.id):
        source = next(one for one in sources_of(get_call(CALL)) if one.name == "Tilleggsbevilgning")
        assert balances([source.id])[source.id].committed == 0
        assert Decision.objects.filter(depends_on=source.id).count() == 4

    nina = visitor(size)
    nina.go("/moss/oversikt/")
    nina.sign_in(moss.email("manager"))
    nina.press("4 betingede vedtak venter på penger: Tilleggsbevilgning")
    assert nina.heading() == "4 betingede vedtak venter på penger fra Formannskapet"
    nina.page.get_by_label("Prøv med et annet beløp enn ventet").fill("336 120")
    nina.page.get_by_label("Settes ned likt for alle").check()
    nina.press("Vis hva det gir")
    assert "60 prosent av beløpet" in nina.text()
    nina.look("tried")
    nina.press("Registrer vedtaket")
    nina.page.get_by_label("Hvilket vedtak kommer pengene fra?").fill("Kommunestyret sak 61/26")
    nina.page.get_by_label("Hvor mye er vedtatt?").fill("336 120")
    nina.press("Registrer vedtaket")

    ida.go("/moss/oversikt/")
    ida.press("4 betingede vedtak kan gjøres opp: Tilleggsbevilgning")
    assert ida.heading() == "Gjør opp 4 betingede vedtak"
    text = ida.text()
    assert "Settes ned likt for alle" in text
    assert "4 virksomheter, 60 prosent av beløpet" in text
    ida.look("settle")
    ida.page.get_by_label("Jeg kan behandle alle sakene.").check()
    ida.press("Send 4 vedtak til godkjenning")
    assert ida.heading() == "Forslag til 4 vedtak, til sammen 336 120 kroner"
    ida.look("settled")
    approve_first(per, "")
    with fence(moss.tenant.id):
        in_force = Decision.objects.filter(decision__isnull=True)
        assert sum(one.amount_nok for one in in_force) == SIXTY
        assert balances([source.id])[source.id].committed == SIXTY
        assert {one.snapshot["change"]["told"] for one in in_force} == {"scaled"}


def approve_first(visitor, email: str) -> None:  # type: ignore[no-untyped-def]
    visitor.go("/moss/forslag/")
    if email:
        visitor.sign_in(email)
        visitor.go("/moss/forslag/")
    visitor.press("4 saker")
    visitor.press("Gå til godkjenning")
    visitor.look("approve")
    visitor.page.locator("main form button[type=submit]").last.click()
    visitor.page.wait_for_load_state()
    assert "vedtak er fattet" in visitor.text()
