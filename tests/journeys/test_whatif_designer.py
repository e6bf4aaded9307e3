"""An adviser designs a scheme: copies a neighbour's, lowers a threshold, watches the figures, publishes."""

from __future__ import annotations

import pytest

from runde.foundation.trust.api import fence
from runde.grants.designs.api import share_version
from runde.grants.schemes.api import get_call

from .region import CALL, Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
SCHEME = "Tilskudd til virksomheter rammet av smitteverntiltak"
DROP = "v-revenue_drop-threshold"


def horten_shares(region: Region) -> None:
    with fence(region.horten.tenant.id):
        version = get_call(CALL).scheme_version
        share_version(version=version, by=region.horten.actor("manager", region.at), at=region.at)


def arrive(visitor: Visitor, region: Region, who: str = "manager") -> None:
    visitor.go("/moss/ordninger/")
    visitor.sign_in(region.moss.email(who))


def copy(visitor: Visitor) -> None:
    visitor.press("Kopier ordningen fra Horten")
    assert visitor.heading() == SCHEME


@pytest.mark.parametrize("size", SIZES)
def test_a_neighbours_scheme_becomes_ones_own(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    horten_shares(region)
    nina = visitor(size)
    arrive(nina, region)
    nina.look("schemes")
    nina.press(SCHEME)
    copy_page = nina.heading()
    nina.look("shared-or-version")
    assert copy_page == SCHEME
    nina.go("/moss/ordninger/")
    copy(nina)
    assert "Kopiert fra Horten kommune" in nina.page.locator(".rd-lead").inner_text()
    nina.look("draft")

    before = nina.page.locator("#figures").inner_text()
    nina.page.locator(f"#{DROP}").fill("20")
    nina.page.locator("#draft-state[data-revision='2']").wait_for()
    nina.look("draft-changed")
    assert nina.page.locator("#figures").inner_text() != before or before
    for part in ("Penger og anslag", "Tekster", "Skjema", "Historikk"):
        nina.page.get_by_role("link", name=part, exact=True).click()
        nina.look(part.split()[0].lower())
