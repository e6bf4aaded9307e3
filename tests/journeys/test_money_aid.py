"""How much aid there is room for: who holds some of it, what the company said, and who counts as one with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from runde.foundation.trust.api import fence
from runde.grants.aid.api import record_awards
from runde.grants.casework.api import Case
from tests.factories import TenantFactory
from tests.grants.aid.conftest import a_grant

from .region import CAFE, PIZZA, Region, send_applications
from .visitors import DESKTOP, PHONE, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def neighbour_gives(region: Region, euro: int, *, is_reserved: bool = False) -> None:
    """Våler decides about the same company."""
    neighbour = TenantFactory.create(name="Våler kommune")
    grant = a_grant(
        euro,
        region.at.date() - timedelta(days=30),
        unit=CAFE,
        giver="Våler kommune",
        is_reserved=is_reserved,
    )
    with fence(neighbour.id):
        record_awards([grant], at=region.at)


def cafe_case(region: Region) -> Case:
    with fence(region.moss.tenant.id):
        return Case.objects.get(organisation_number=CAFE)


@pytest.mark.parametrize("size", SIZES)
def test_an_officer_sees_who_holds_the_room_and_sets_right_what_is_missing(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    send_applications(region.moss)
    neighbour_gives(region, 261_600)
    neighbour_gives(region, 20_000, is_reserved=True)
    case = cafe_case(region)
    ida = visitor(size)
    ida.go(f"/moss/saker/{case.id}/")
    ida.sign_in(region.moss.email("officer"))
    ida.page.get_by_label("Ja, jeg kan behandle saken").check()
    ida.press("Lagre svaret")
    assert "38 400 euro igjen av 300 000. Av dette er 20 000 euro holdt av for Våler kommune." in ida.text()
    ida.look("case")
    ida.go(f"/moss/saker/{case.id}/stotte/")
    assert "Våler kommune" in ida.text()
    ida.look("aid")
    written = ida.page.locator("details").filter(has=ida.page.locator("[name=giver]"))
    written.locator("summary").click()
    written.locator("button").click()
    ida.page.wait_for_load_state()
    assert "Skriv hvor mye støtte virksomheten fikk." in ida.text()
    ida.look("aid-error")
    other = ida.page.locator("details").filter(has=ida.page.locator("[name=other]"))
    other.locator("summary").click()
    other.locator("[name=other]").fill(PIZZA)
    other.locator("[name=linked]").select_option("yes")
    other.locator("[name=from]").fill("1.1.2026")
    other.locator("[name=reason]").fill("De har samme eier med 60 prosent.")
    other.locator("button").click()
    ida.page.wait_for_load_state()
    assert "De har samme eier med 60 prosent." in ida.text()
    ida.look("aid-one-undertaking")
