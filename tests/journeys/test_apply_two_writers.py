"""Two write in one application at once: in different fields they never meet, in the same field they choose."""

from __future__ import annotations

import re

import pytest

from runde.foundation.people.api import Mandate, give_mandate, register_person

from .applying import BEFORE, REVENUE, answers_of, saved, start
from .region import CAFE, Region, hashed
from .visitors import DESKTOP, PHONE, Visitor, VisitorFactory

OLA = "ola@kanalen.example"


@pytest.fixture
def ola(region: Region) -> None:
    person = register_person(email=OLA, name="Ola Vik", hashed_password=hashed())
    give_mandate(
        person=person,
        organisation_number=CAFE,
        source=Mandate.Source.REGISTER_ROLE,
        evidence="Du er styreleder.",
        valid_from=region.at.date(),
    )


def both(visitor: VisitorFactory) -> tuple[Visitor, Visitor]:
    """Kari at the desk, Ola on his phone, on the same page."""
    kari, other = visitor(DESKTOP), visitor(PHONE)
    start(kari)
    other.go(kari.page.url)
    other.sign_in(OLA)
    return kari, other


@pytest.mark.usefixtures("ola")
def test_in_different_fields_they_never_meet(region: Region, visitor: VisitorFactory) -> None:
    kari, other = both(visitor)
    kari.page.get_by_label(REVENUE).fill("308 000")
    saved(kari)
    other.page.get_by_label(BEFORE).fill("560 000")
    saved(other)
    assert answers_of(region) == {"revenue_period": "308000", "revenue_comparison": "560000"}
    other.page.get_by_text("Kari Dahl endret dette feltet kl.").wait_for()
    assert other.page.get_by_label(REVENUE).input_value().replace("\u00a0", " ") == "308 000"
    other.look("taken")


@pytest.mark.usefixtures("ola")
@pytest.mark.parametrize("choice", ["Behold ditt", "Bruk svaret fra Kari Dahl"])
def test_in_the_same_field_one_chooses(region: Region, visitor: VisitorFactory, choice: str) -> None:
    kari, other = both(visitor)
    kari.page.get_by_label(REVENUE).fill("308 000")
    saved(kari)
    other.page.get_by_label(REVENUE).fill("310 000")
    other.page.get_by_text("Kari Dahl endret dette feltet kl.").wait_for()
    assert answers_of(region)["revenue_period"] == "308000"
    assert other.page.get_by_label(REVENUE).input_value() == "310 000"
    other.look("choose")
    other.page.get_by_role("button", name=re.compile(f"^{choice}")).click()
    other.page.get_by_text("Kari Dahl endret dette feltet kl.").wait_for(state="detached")
    wanted = "310000" if choice == "Behold ditt" else "308000"
    assert answers_of(region)["revenue_period"] == wanted
    shown = other.page.get_by_label(REVENUE).input_value()
    assert re.sub(r"\s", "", shown) == wanted
    other.press("Neste steg")
    assert other.page.url.endswith("/del/costs/")


@pytest.mark.usefixtures("ola")
def test_without_script_the_same_choice(region: Region, visitor: VisitorFactory) -> None:
    kari, other = visitor(DESKTOP, script=False), visitor(PHONE, script=False)
    start(kari)
    other.go(kari.page.url)
    other.sign_in(OLA)
    kari.page.get_by_label(REVENUE).fill("308 000")
    kari.press("Neste steg")
    other.page.get_by_label(REVENUE).fill("310 000")
    other.press("Neste steg")
    assert "Kari Dahl endret dette feltet kl." in other.text()
    other.look("choose")
    other.page.get_by_role("button", name=re.compile("^Behold ditt")).click()
    assert answers_of(region)["revenue_period"] == "310000"


def test_somebody_is_invited_fills_in_and_may_not_send(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(DESKTOP)
    start(kari)
    kari.press("Fyll ut sammen med andre")
    kari.look("participants")
    kari.press("Send invitasjon")
    assert "Rett dette før du går videre" in kari.text()
    kari.look("participants-error")
    kari.page.get_by_label("E-post").fill("ida@bilag.example")
    kari.page.get_by_label("Fylle ut", exact=True).check()
    kari.press("Send invitasjon")
    assert "Har ikke svart på invitasjonen ennå" in kari.text()
    kari.look("participants-invited")
    kari.page.get_by_role("button", name="Avslutt deltakelsen til ida@bilag.example").click()
    kari.page.wait_for_load_state()
    assert "ida@bilag.example er ikke med lenger." in kari.text()
