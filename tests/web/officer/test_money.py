"""What is left, and registering that money has been decided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runde.foundation.trust.api import fence
from runde.grants.casework.api import set_answer_by
from runde.grants.schemes.api import FundingSource, list_sources
from tests.journeys.region import CAFE, decide_as_checked
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
OVERVIEW = "/moss/oversikt/"


def undecided(moss: Moss) -> FundingSource:
    with fence(moss.region.moss.tenant.id):
        return next(one for one in list_sources() if one.state == "subject_to_decision")


def test_the_overview_shows_each_source_and_what_is_not_decided(moss: Moss) -> None:
    page = moss.as_("auditor").get(OVERVIEW)
    text = text_of(page)
    assert heading_of(page) == "8,0 mill. kroner vedtatt, 8,0 igjen"
    assert "Tilleggsbevilgning: 2 000 000 kroner fra Formannskapet er ikke vedtatt" in text
    assert "2 000 (ikke vedtatt)" in text
    assert "Registrer vedtaket" not in text


def test_decided_money_is_bound(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    page = moss.as_("finance").get(OVERVIEW)
    assert heading_of(page) == "8,0 mill. kroner vedtatt, 7,4 igjen"
    assert "Innvilget 4 saker Til sammen 560 200 kroner" in text_of(page)


def test_the_figures_as_a_spreadsheet(moss: Moss) -> None:
    answer = moss.as_("manager").get(f"{OVERVIEW}penger.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Kilde;Utbetalt;Bundet;Foreslått;Ledig;Til sammen"
    assert "Næringsfondet;0;0;0;5 000;5 000" in lines


def register(client: Client, source: FundingSource, **typed: str) -> Any:
    url = f"{OVERVIEW}{source.id}/vedtak/"
    return client.post(url, {"key": hidden(client.get(url), "key"), **typed})


def test_the_scheme_manager_registers_the_budget_decision(moss: Moss) -> None:
    manager, source = moss.as_("manager"), undecided(moss)
    assert "Registrer vedtaket" in text_of(manager.get(OVERVIEW))
    answer = register(manager, source, document="Formannskapet sak 7/26", amount="1 500 000")
    assert answer["Location"] == OVERVIEW
    text = text_of(manager.get(OVERVIEW))
    assert "1 500 000 kroner fra Formannskapet er vedtatt og kan deles ut." in text
    assert "ikke vedtatt" not in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"document": "", "amount": "10"}, "Skriv hvilket vedtak pengene kommer fra"),
        ({"document": "Sak 7", "amount": ""}, "Skriv hvor mye penger som er vedtatt."),
        ({"document": "Sak 7", "amount": "ti"}, "Skriv beløpet med bare tall, for eksempel 117 400."),
        ({"document": "Sak 7", "amount": "0"}, "Skriv hvor mye penger som er vedtatt."),
    ],
)
def test_half_a_decision_is_sent_back_with_what_was_typed(
    moss: Moss, typed: dict[str, str], sentence: str
) -> None:
    page = register(moss.as_("manager"), undecided(moss), **typed)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2
    assert undecided(moss).state == "subject_to_decision"


@pytest.mark.parametrize("who", ["officer", "approver", "auditor"])
def test_others_cannot_register_it(moss: Moss, who: str) -> None:
    assert moss.as_(who).get(f"{OVERVIEW}{undecided(moss).id}/vedtak/").status_code == 403


def test_the_round_from_frame_to_what_is_left_for_each_source(moss: Moss) -> None:
    text = text_of(moss.as_("officer").get(OVERVIEW))
    assert (
        "Kilde Ramme (kr) Innvilget i runden (kr) Foreslått (kr) Beregnet for klare (kr) Igjen (kr)" in text
    )
    assert "Til sammen 8 000 000 0 0 560 200 7 439 800" in text
    decide_as_checked(moss.region.moss)
    decided = text_of(moss.as_("officer").get(OVERVIEW))
    assert "Til sammen 8 000 000 560 200 0 0 7 439 800" in decided


def test_what_is_late_is_counted(moss: Moss) -> None:
    assert "Over fristen" not in text_of(moss.as_("manager").get(OVERVIEW))
    case = moss.case(CAFE)
    with fence(moss.region.moss.tenant.id):
        set_answer_by(dates={case.id: date(2026, 1, 2)}, why="Prøve", by=None, at=timezone.now())
    assert "Over fristen 1 sak" in text_of(moss.as_("manager").get(OVERVIEW))
    listed = text_of(moss.as_("manager").get("/moss/saker/", {"ko": "sene"}))
    assert "Over fristen 1" in listed
    assert "2. januar 2026, over fristen" in listed
