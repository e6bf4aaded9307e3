"""Somebody without an account asks what a business can get, answers on the page, and takes the result along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from runde.foundation.trust.models import RateLimit
from tests.web.public.many_calls import ASSUMED, HIGH, LOW, add_call, add_many, example_rules

from .region import BANKRUPT, CAFE, CAFE_UNIT, CALL, Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
REVENUE, BEFORE = "Omsetning i mars, april og mai 2026", "Omsetning i mars, april og mai 2025"
COSTS = "Faste kostnader i mars, april og mai 2026"


@pytest.fixture
def assumed(region: Region) -> Region:
    """One more call in Moss, with assumptions, and one that opens later."""
    add_call(region.moss, "anslag", at=region.at, rules=example_rules("0.25"), assumptions=ASSUMED)
    add_call(region.horten, "senere", at=region.at, opens_at=region.at + timedelta(days=9))
    return region


def ask(anna: Visitor, what: str = "310 000 027") -> None:
    anna.go("/")
    anna.page.get_by_label("Organisasjonsnummer eller navn").fill(what)
    anna.press("Se ordninger")


def answer(anna: Visitor, revenue: str, before: str, costs: str, button: str = "Regn ut") -> None:
    for label, text in ((REVENUE, revenue), (BEFORE, before), (COSTS, costs)):
        anna.page.get_by_label(label).fill(text)
    anna.press(button)


@pytest.mark.parametrize("size", SIZES)
def test_from_a_number_to_a_likely_amount(
    assumed: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    anna = visitor(size)
    ask(anna)
    assert anna.heading() == "KAFÉ KANALEN AS kan trolig få støtte fra 2 av 3 ordninger"
    words = anna.text()
    assert f"Omtrent {LOW}–{HIGH} kroner" in words
    assert "fall i omsetning: 35–60 prosent" in words
    assert "Virksomheten ligger ikke i Horten." in words
    anna.look("result")

    answer(anna, "mange", "560 000", "")
    assert "Rett dette før du går videre" in anna.text()
    assert anna.page.get_by_label(REVENUE).input_value() == "mange"
    assert anna.page.get_by_label(BEFORE).input_value() == "560 000"
    anna.look("result-error")

    answer(anna, "308.000,-", "560 000", "kr 320000")
    assert anna.text().count("Omtrent 117 400 kroner") == 2
    assert "Svarene er ikke lagret." in anna.text()
    anna.page.get_by_text("Slik har vi regnet").first.click()
    anna.look("result-answered")

    anna.page.get_by_text("Endre svarene").first.click()
    answer(anna, "412000", "560000", "320000", "Regn ut på nytt")
    assert "mangler 3,57 prosentpoeng" in anna.text()
    assert "Dere kan søke likevel. Da vurderer en saksbehandler saken." in anna.text()
    anna.look("result-near")

    anna.press("Se ordningen og søk")
    anna.look("call")


def test_without_script(assumed: Region, visitor: VisitorFactory) -> None:
    anna = visitor(PHONE, script=False)
    ask(anna, "kafe kanalen")
    answer(anna, "308000", "560000", "320000")
    assert anna.text().count("Omtrent 117 400 kroner") == 2
    anna.look("result-answered")


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_beside_the_way(assumed: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    anna = visitor(size)
    for name, address in (
        ("front", "/"),
        ("bankrupt", f"/finn/?q={BANKRUPT}"),
        ("branch", f"/finn/?q={CAFE_UNIT}"),
        ("no-name", "/finn/?q=Kafeen+som+ikke+finnes"),
        ("near-names", "/finn/?q=moss"),
        ("wrong-number", "/finn/?q=310000028"),
        ("short-number", "/finn/?q=31000"),
        ("call", f"/moss/utlysninger/{CALL}/"),
        ("call-assumed", "/moss/utlysninger/anslag/"),
        ("call-later", "/horten/utlysninger/senere/"),
    ):
        anna.go(address)
        anna.look(name)
    RateLimit.objects.filter(name="company_search").update(burst=1, enforced=True, period_ms=60_000)
    anna.go(f"/finn/?q={CAFE}")
    anna.go(f"/finn/?q={CAFE}")
    assert "Du har søkt mange ganger på kort tid. Prøv igjen om ett minutt." in anna.text()
    anna.look("wait")


def test_fifty_calls_and_a_page_to_take_along(region: Region, visitor: VisitorFactory) -> None:
    add_many(region.horten, 48, at=region.at)
    anna = visitor(DESKTOP)
    ask(anna)
    anna.look("result-many")
    anna.page.emulate_media(media="print")
    anna.look("result-print")
