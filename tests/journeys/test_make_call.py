"""A scheme manager invites companies to apply: makes, funds, publishes, extends and withdraws a call."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.schemes.api import Call, get_call

from .region import Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

CALLS = "/moss/ordninger/utlysninger/"
SLUG = "sommer-2027"


def day(after: int) -> str:
    return f"{timezone.localdate() + timedelta(days=after):%d.%m.%Y}"


def fill(one: Visitor, **typed: str) -> None:
    for name, text in typed.items():
        one.page.locator(f"[name={name}]").fill(text)


def the_call(region: Region) -> Call:
    with fence(region.moss.tenant.id):
        return get_call(SLUG)


def make(one: Visitor) -> str:
    """A draft, from the list on; gives the address of its page."""
    one.go(CALLS)
    one.look("list")
    one.press("Lag en utlysning")
    one.press("Lag kladden")
    assert "Rett dette før du går videre" in one.text()
    one.look("form-with-errors")
    fill(
        one,
        slug=SLUG,
        opens_date=day(0),
        opens_clock="00.00",
        closes_date=day(30),
        grace_minutes="30",
        late_rule_nb="Søknader etter fristen blir ikke vurdert.",
        late_rule_nn="Søknader etter fristen blir ikkje vurderte.",
        late_rule_en="Late applications are not assessed.",
        answer_by_date=day(60),
        euro_rate="11,7190",
        euro_rate_date=day(0),
        euro_rate_source="Norges Bank",
        contact_name="Ida Lunde",
        contact_email="ida@moss.example",
    )
    one.press("Lag kladden")
    assert "Utlysningen er en kladd" in one.text()
    one.look("draft")
    return one.page.url


def fund(one: Visitor, home: str) -> None:
    one.go(f"{home}penger/")
    fill(one, name="Sommerfondet", giver="Kommunestyret", amount="500 000", expected="03.12.2026")
    one.page.locator("[name=decided][value=no]").check()
    one.page.get_by_text("Pengene gjelder bare noen næringer").click()
    one.page.locator("[name=sections][value=I]").check()
    fill(one, earmark_text="overnatting og servering")
    one.look("money-typed")
    one.press("Legg til pengene")
    assert one.heading() == "Utlysningen har 500 000 kroner"
    one.look("money")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_call_from_first_field_to_withdrawn(
    region: Region, visitor: VisitorFactory, size: tuple[int, int]
) -> None:
    one = visitor(size)
    one.sign_in(region.moss.email("manager"))
    home = make(one)
    fund(one, home)
    for part in ("filer", "kontakt", "endre", "forhandsvis"):
        one.go(f"{home}{part}/")
        one.look(part)
    assert the_call(region).state == Call.State.DRAFT
    one.go(f"{home}publiser/")
    one.look("publish")
    one.press("Publiser utlysningen")
    assert "Utlysningen tar imot søknader til" in one.text()
    one.look("published")
    for part in ("flytt", "inviter"):
        one.go(f"{home}{part}/")
        one.look(part)
    one.go(f"{home}utsett/")
    fill(one, closes_date=day(40), answer_by_date=day(70), reason="Mange har spurt om mer tid.")
    one.look("extend")
    one.press("Utsett fristen")
    assert timezone.localdate(the_call(region).closes_at) == _date(40)
    one.go(f"{home}trekk/")
    one.look("withdraw")
    fill(one, reason="Kommunestyret sa nei til pengene.")
    one.press("Trekk utlysningen")
    assert "Kommunestyret sa nei til pengene." in one.text()
    one.look("withdrawn")
    assert the_call(region).state == Call.State.WITHDRAWN


def test_without_script_it_is_the_same(region: Region, visitor: VisitorFactory) -> None:
    one = visitor(PHONE, script=False)
    one.sign_in(region.moss.email("manager"))
    home = make(one)
    fund(one, home)
    one.go(f"{home}publiser/")
    one.press("Publiser utlysningen")
    assert the_call(region).state == Call.State.PUBLISHED


def _date(after: int) -> date:
    return timezone.localdate() + timedelta(days=after)
