"""When it takes time: a whole call told of a delay, a large batch on its way, and an approver who uses the keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import Delay, carry_out_order, list_cases, order_batch, propose_as_checked
from runde.grants.schemes.api import get_call

from .region import CALL, Region, send_applications
from .test_casework_approving import SIZES, wait_for_the_cafe
from .visitors import DESKTOP, VisitorFactory


@pytest.mark.parametrize("size", SIZES)
def test_everybody_who_waits_is_told_of_a_delay(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    ida = visitor(size)
    ida.go("/moss/oversikt/")
    ida.sign_in(region.moss.email("officer"), at="/moss/oversikt/")
    ida.go("/moss/oversikt/")
    ida.look("overview")
    ida.press("Si fra at svarene tar lengre tid")
    ida.look("delay")
    ida.press("Si fra til 7 søkere")
    assert "Skriv dag, måned og år" in ida.text()
    ida.look("delay-error")
    day = timezone.localdate() + timedelta(days=60)
    ida.page.get_by_label("Når kan søkeren vente svar?").fill(day.strftime("%d.%m.%Y"))
    ida.page.get_by_label("Mange søknader").check()
    ida.press("Si fra til 7 søkere")
    assert "De som venter, ser nå at svaret kan ventes" in ida.page.locator("body").inner_text()
    with fence(region.moss.tenant.id):
        assert [one.case_id for one in Delay.objects.all()] == [None]
    ida.press("Si fra at svarene tar lengre tid")
    assert "Sagt før om hele utlysningen" in ida.text()
    ida.look("delay-before")


@pytest.mark.parametrize("size", SIZES)
def test_a_large_batch_is_counted_on_its_way(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    with fence(region.moss.tenant.id):
        at = timezone.now()
        ids = [case.id for case in list_cases(get_call(CALL).id, lane="green")]
        order = order_batch(case_ids=ids, by=region.moss.actor("officer", at), at=at)
    ida, address = visitor(size), f"/moss/forslag/sending/{order.id}/"
    ida.go(address)
    ida.sign_in(region.moss.email("officer"), at=address)
    ida.go(address)
    assert ida.heading() == "Vi sender 4 saker til godkjenning"
    assert "0 av 4 saker er sett over" in ida.text()
    ida.look("sending")
    wait_for_the_cafe(region)
    with fence(region.moss.tenant.id):
        carry_out_order(order_id=order.id, at=timezone.now())
    ida.page.get_by_text("Forslaget er sendt til godkjenning.").wait_for()
    assert "1 sak ble ikke med" in ida.text()
    assert "Venter på svar fra søkeren." in ida.text()
    ida.look("sent")
    ida.press("Se forslaget")
    assert ida.heading().startswith("Forslag til 3 vedtak")


def test_the_approver_marks_and_goes_on_by_the_keys(region: Region, visitor: VisitorFactory) -> None:
    send_applications(region.moss)
    with fence(region.moss.tenant.id):
        at = timezone.now()
        ids = [case.id for case in list_cases(get_call(CALL).id, lane="green")]
        by = region.moss.actor("officer", at)
        propose_as_checked(case_ids=ids, by=by, at=at, declares_impartial=True)
    per = visitor(DESKTOP)
    per.go("/moss/forslag/")
    per.sign_in(region.moss.email("approver"))
    per.press("4 saker")
    for key in "jjx":
        per.page.keyboard.press(key)
    per.look("marked")
    per.page.keyboard.press("g")
    per.page.wait_for_url("**/godkjenn/**")
    assert per.heading().startswith("Godkjenn 3 vedtak")
