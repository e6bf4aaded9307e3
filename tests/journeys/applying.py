"""What every journey of somebody who applies begins with."""

from __future__ import annotations

from typing import Any

import pytest

from runde.foundation.trust.api import fence
from runde.grants.applications.api import Application

from .region import CAFE, CALL, Region
from .visitors import Visitor

KARI = "kari@kanalen.example"
START = f"/moss/utlysninger/{CALL}/sok/"
REVENUE, BEFORE = "Omsetning i mars, april og mai 2026", "Omsetning i mars, april og mai 2025"
COSTS = "Faste kostnader i mars, april og mai 2026"
AID = "Mindre offentlig støtte de siste tre årene"
ACCOUNT = "Virksomhetens kontonummer"
TRUE = "Jeg bekrefter at opplysningene er riktige"


def start(visitor: Visitor, email: str = KARI) -> None:
    """From the start page, through the sign-in, to the first part."""
    visitor.go(START)
    visitor.sign_in(email)
    visitor.press("Start søknaden")


def fill_in(visitor: Visitor, revenue: str = "308 000", before: str = "560 000") -> None:
    """From the first part to the page where one looks over."""
    fill_part(visitor, {REVENUE: revenue, BEFORE: before})
    fill_part(visitor, {COSTS: "320 000"})
    fill_part(visitor, {AID: "0"})
    visitor.press("Neste steg")
    fill_part(visitor, {ACCOUNT: "1234.56.00009"})
    assert visitor.heading() == "Se over og send inn"


def fill_part(visitor: Visitor, answers: dict[str, str]) -> None:
    for label, answer in answers.items():
        visitor.page.get_by_label(label).fill(answer)
    visitor.press("Neste steg")


def send(visitor: Visitor) -> None:
    visitor.page.get_by_label(TRUE).check()
    visitor.press("Send inn søknaden")


def application_of(region: Region, orgnr: str = CAFE) -> Application:
    with fence(region.moss.tenant.id):
        return Application.objects.select_related("call").get(organisation_number=orgnr)


def answers_of(region: Region, orgnr: str = CAFE) -> dict[str, Any]:
    return dict(application_of(region, orgnr).answers)


def saved(visitor: Visitor) -> None:
    """Wait until the page says that it is saved."""
    visitor.page.locator("#save-state[data-state=saved]").get_by_text("Lagret kl.").wait_for()


def press_tab_until(visitor: Visitor, script: str) -> None:
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate(script):
            return
    pytest.fail(f"The keys never reach «{script}» on {visitor.page.url}")
