"""A long form: its parts in any order, every kind of question, rows that come and go, questions that appear."""

from __future__ import annotations

import pytest

from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application

from .long_form import SLUG, add_long_call
from .region import CAFE, Region
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

SIZES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]


def start(kari: Visitor, region: Region) -> None:
    add_long_call(region)
    kari.go(f"/moss/utlysninger/{SLUG}/sok/")
    kari.sign_in("kari@kanalen.example")
    kari.press("Start søknaden")


def answers_of(region: Region) -> dict[str, object]:
    with fence(region.moss.tenant.id):
        return dict(Application.objects.get(organisation_number=CAFE).answers)


@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_question(region: Region, visitor: VisitorFactory, size: tuple[int, int]) -> None:
    kari = visitor(size)
    start(kari, region)
    assert kari.heading() == "Søknaden din: 0 av 7 deler er ferdige"
    kari.look("tasks")
    kari.press("Prosjektet")
    kari.look("project")
    assert kari.page.get_by_label("Hva er det andre?").count() == 0
    kari.page.get_by_label("Noe annet").check()
    kari.page.get_by_label("Hva er det andre?").fill("Yoga på brygga")
    kari.page.get_by_label("Fra og med").fill("1.12.2026")
    kari.page.get_by_label("Til og med").fill("20.12.2026")
    kari.page.get_by_label("Hvor skal det være?").select_option("3103")
    kari.page.get_by_label("Hvilken næring er det i?").fill("56.110")
    kari.page.get_by_text("Lagret kl.").wait_for()
    kari.look("project-filled")
    kari.press("Neste steg")
    assert kari.heading().startswith("Søknaden din: 1 av 7")

    kari.press("Budsjett")
    fill_row(kari, 0, "Leie av telt", "80 000")
    kari.press("Legg til rad")
    fill_row(kari, 1, "Lyd og lys", "40 000")
    kari.page.get_by_text("Sum: 120 000 kroner").wait_for()
    kari.page.get_by_label("Hvorfor koster det så mye?").wait_for()
    kari.look("budget")
    kari.page.get_by_role("button", name="Flytt opp rad 2").click()
    kari.page.get_by_role("button", name="Slett rad 2").click()
    kari.page.get_by_text("Sum: 40 000 kroner").wait_for()
    assert kari.page.get_by_label("Hvorfor koster det så mye?").count() == 0
    kari.page.get_by_label("Beløp").fill("mye")
    kari.press("Neste steg")
    assert "Rett dette før du går videre" in kari.text()
    kari.look("budget-error")
    kari.page.get_by_role("textbox", name="Beløp").fill("45 000")
    kari.press("Neste steg")
    assert answers_of(region)["costs"] == [{"what": "Lyd og lys", "amount": "45000"}]
    assert answers_of(region)["days"] == {"from": "2026-12-01", "to": "2026-12-20"}
    kari.press("Se over og send inn")
    kari.look("review")


def fill_row(kari: Visitor, place: int, what: str, amount: str) -> None:
    kari.page.get_by_label("Kostnad").nth(place).fill(what)
    kari.page.get_by_label("Beløp").nth(place).fill(amount)


def test_without_script(region: Region, visitor: VisitorFactory) -> None:
    """The same buttons ask the server; a question that appears is asked before one goes on."""
    kari = visitor(PHONE, script=False)
    start(kari, region)
    kari.press("Budsjett")
    fill_row(kari, 0, "Leie av telt", "80 000")
    kari.page.get_by_role("button", name="Legg til rad").click()
    fill_row(kari, 1, "Lyd og lys", "40 000")
    kari.page.get_by_role("button", name="Flytt opp rad 2").click()
    assert kari.page.get_by_label("Kostnad").first.input_value() == "Lyd og lys"
    assert kari.page.get_by_label("Hvorfor koster det så mye?").count() == 1
    kari.look("budget")
    kari.page.get_by_role("button", name="Slett rad 2").click()
    kari.press("Neste steg")
    kari.press("Prosjektet")
    kari.page.get_by_label("Noe annet").check()
    kari.press("Neste steg")
    assert kari.page.get_by_label("Hva er det andre?").count() == 1
    kari.page.get_by_label("Hva er det andre?").fill("Yoga")
    kari.press("Neste steg")
    assert answers_of(region) == {
        "costs": [{"what": "Lyd og lys", "amount": "40000"}],
        "kinds": ["other"],
        "other_kind": "Yoga",
    }
