"""One who misses by little: told the distance beside the form and on the review, never stopped, and sends."""

from __future__ import annotations

import pytest

from .applying import BEFORE, REVENUE, application_of, fill_in, send, start
from .region import Region
from .visitors import DESKTOP, PHONE, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
DISTANCE = "mangler 3,57 prosentpoeng"


@pytest.mark.parametrize("size", SIZES)
def test_the_distance_is_told_and_one_may_send(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    kari = visitor(size)
    start(kari)
    kari.page.get_by_label(REVENUE).fill("412 000")
    kari.page.get_by_label(BEFORE).fill("560 000")
    kari.page.get_by_text(DISTANCE).first.wait_for()
    assert "Du kan sende søknaden likevel." in kari.text()
    kari.look("form")
    fill_in(kari, revenue="412 000")
    assert DISTANCE in kari.text()
    kari.look("review")
    send(kari)
    assert kari.heading() == "Søknaden er sendt"
    assert application_of(region).state == "submitted"


def test_without_script_it_is_told_on_the_review(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(PHONE, script=False)
    start(kari)
    fill_in(kari, revenue="412 000")
    assert DISTANCE in kari.text()
    send(kari)
    assert application_of(region).state == "submitted"
