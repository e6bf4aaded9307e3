"""What counts against the ceiling, told on the case page and set right on a page of its own."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from runde.foundation.trust.api import fence
from runde.grants.aid.api import list_entries, record_awards
from runde.grants.casework.api import Case
from tests.factories import TenantFactory
from tests.grants.aid.conftest import a_grant
from tests.journeys.region import CAFE, PIZZA
from tests.web.officer.conftest import Moss
from tests.web.officer.test_cases import address, declare
from tests.web.pages import hidden, text_of


@pytest.fixture
def case(moss: Moss) -> Case:
    return moss.case(CAFE)


def given_elsewhere(moss: Moss, case: Case, euro: int, **more: Any) -> None:
    """Another municipality decides; Moss' own fence is closed meanwhile."""
    neighbour = TenantFactory.create(name="Våler kommune")
    day = moss.region.at.date() - timedelta(days=30)
    with fence(neighbour.id):
        record_awards(
            [a_grant(euro, day, unit=case.organisation_number, giver="Våler kommune", **more)],
            at=moss.region.at,
        )


def send(client: Client, case: Case, step: str, **typed: str) -> Any:
    key = hidden(client.get(f"{address(case)}stotte/"), "key")
    return client.post(f"{address(case)}stotte/{step}/", {"key": key, **typed})


AID = {
    "giver": "Innovasjon Norge",
    "date": "14.12.2025",
    "amount": "117 200",
    "rule": "general",
    "instrument": "grant",
    "same_costs": "no",
}


def test_the_case_page_tells_the_room_and_who_holds_some_of_it(moss: Moss, case: Case) -> None:
    given_elsewhere(moss, case, 261_600)
    given_elsewhere(moss, case, 20_000, is_reserved=True)
    text = text_of(moss.as_("auditor").get(address(case))).replace("\xa0", " ")
    assert "38 400 euro igjen av 300 000. Av dette er 20 000 euro holdt av for Våler kommune." in text
    assert "Virksomheten oppga ingen tidligere støtte." in text


def test_aid_from_others_is_written_down_and_taken_away_again(moss: Moss, case: Case) -> None:
    officer = moss.as_("officer")
    declare(officer, case)
    assert send(officer, case, "stotte", **AID).status_code == 302
    text = text_of(officer.get(f"{address(case)}stotte/")).replace("\xa0", " ")
    assert "290 000 euro igjen av 300 000" in text
    assert "oppgitt av virksomheten" in text
    with fence(moss.region.moss.tenant.id):
        [made] = list_entries([case.organisation_number])
    assert (made.amount_nok, made.giver) == (Decimal(117_200), "Innovasjon Norge")
    gone = send(officer, case, "fjern", aid=str(made.id), reason="Det var til en annen")
    assert gone.status_code == 302
    assert "Støtte fra andre tatt bort: Det var til en annen" in text_of(
        officer.get(f"{address(case)}historikk/")
    )


def test_who_is_one_undertaking_is_written_down_with_why(moss: Moss, case: Case) -> None:
    officer = moss.as_("officer")
    declare(officer, case)
    typed = {
        "other": f"{PIZZA[:3]} {PIZZA[3:]}",
        "linked": "yes",
        "from": "1.1.2026",
        "reason": "De har samme eier med 60 %",
    }
    assert send(officer, case, "foretak", **typed).status_code == 302
    given = moss.case(CAFE)
    given_elsewhere(moss, given, 1_000)
    text = text_of(officer.get(f"{address(case)}stotte/")).replace("\xa0", " ")
    assert "De har samme eier med 60 %" in text
    assert "Regnet sammen med én annen virksomhet" in text_of(officer.get(address(case)))


@pytest.mark.parametrize(
    ("step", "wrong", "sentence"),
    [
        ("stotte", {"giver": ""}, "Skriv hvem som ga støtten."),
        ("stotte", {"date": "i fjor"}, "Skriv datoen som dag.måned.år, for eksempel 14.12.2025."),
        ("stotte", {"amount": ""}, "Skriv hvor mye støtte virksomheten fikk."),
        ("stotte", {"rule": ""}, "Velg hvilken regel støtten er gitt etter."),
        ("stotte", {"instrument": ""}, "Velg hva slags støtte det er."),
        ("foretak", {"other": "12", "linked": "yes", "reason": "x"}, "er ikke et organisasjonsnummer"),
        ("foretak", {"other": PIZZA, "linked": ""}, "Velg om de hører sammen."),
        ("foretak", {"other": PIZZA, "linked": "yes", "reason": ""}, "Skriv hvordan dere vet det"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    moss: Moss, case: Case, step: str, wrong: dict[str, str], sentence: str
) -> None:
    officer = moss.as_("officer")
    declare(officer, case)
    answer = send(officer, case, step, **((AID if step == "stotte" else {}) | wrong))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if step == "stotte" and "giver" not in wrong:
        assert "Innovasjon Norge" in answer.content.decode()


def test_only_officers_write_and_a_wrong_step_is_no_page(moss: Moss, case: Case) -> None:
    assert moss.as_("auditor").get(f"{address(case)}stotte/").status_code == 200
    assert moss.as_("auditor").post(f"{address(case)}stotte/stotte/", AID).status_code == 403
    officer = moss.as_("officer")
    declare(officer, case)
    assert send(officer, case, "noe-annet").status_code == 404
    assert send(officer, case, "fjern", aid=str(uuid4()), reason="x").status_code in (404, 422)
