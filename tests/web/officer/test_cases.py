"""The case page: impartiality first, the weighing kept when refused, the letter as it will be."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from runde.foundation.journal.models import Chain, Event
from runde.foundation.trust.api import fence
from runde.grants.casework.api import Case, Impartiality, ProposalLine
from tests.journeys.region import CAFE, PIZZA, decide_as_checked
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db


def address(case: Case) -> str:
    return f"/moss/saker/{case.id}/"


def declare(client: Client, case: Case, answer: str = "yes", reason: str = "") -> Any:
    return client.post(f"{address(case)}habilitet/", {"impartial": answer, "reason": reason})


@pytest.mark.parametrize("who", ["officer", "approver"])
def test_nothing_of_the_case_opens_before_one_has_spoken(moss: Moss, who: str) -> None:
    case = moss.case(PIZZA)
    page = moss.as_(who).get(address(case))
    assert heading_of(page) == "Kan du behandle denne saken?"
    assert "412 000" not in text_of(page)
    assert "prosentpoeng" not in text_of(page)


def test_who_is_impartial_sees_the_case_with_what_is_missing_first(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    assert declare(officer, case).status_code == 302
    page = officer.get(address(case))
    assert heading_of(page) == "BAKGÅRDEN PIZZA AS mangler 3,57 prosentpoeng"
    text = text_of(page)
    assert text.index("Ikke oppfylt:") < text.index("Oppfylt:")
    assert "Søknaden, " in text
    assert "Enhetsregisteret, " in text
    told = text_of(officer.get(f"{address(case)}historikk/"))
    assert "Kan behandle saken Ida Lunde" in told
    assert "Søknaden er sendt inn" in told


def test_reading_a_case_is_written_in_the_journal(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    officer.get(address(case))
    with fence(moss.region.moss.tenant.id):
        [reading] = Event.objects.filter(chain=Chain.READINGS, subject_id=str(case.id))
    assert (reading.action, reading.actor_id) == ("read", moss.region.moss.staff["officer"].id)


@pytest.mark.parametrize(
    ("answer", "reason", "sentence"),
    [("", "", "Velg om du kan behandle saken."), ("no", " ", "Skriv hvorfor du ikke kan behandle saken.")],
)
def test_half_an_answer_is_sent_back_with_what_is_missing(
    moss: Moss, answer: str, reason: str, sentence: str
) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    page = declare(officer, case, answer, reason)
    assert page.status_code == 422
    assert text_of(page).count(sentence) == 2  # in the summary and at the field
    with fence(moss.region.moss.tenant.id):
        assert not Impartiality.objects.exists()


def test_a_declared_interest_closes_the_case_for_good(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case, "no", "Jeg eier en del av virksomheten.")
    page = officer.get(address(case))
    assert page.status_code == 403
    assert heading_of(page) == "Du kan ikke behandle denne saken"
    assert "Jeg eier en del av virksomheten." in text_of(page)
    assert "Be lederen din om en annen saksbehandler." in text_of(page)
    assert declare(officer, case, "yes").status_code == 302
    assert officer.get(address(case)).status_code == 403
    assert officer.get(f"{address(case)}brev/").status_code == 403


def test_an_auditor_reads_without_speaking_and_can_do_nothing(moss: Moss) -> None:
    case, auditor = moss.case(PIZZA), moss.as_("auditor")
    page = auditor.get(address(case))
    assert page.status_code == 200
    assert "Send til godkjenning" not in text_of(page)
    assert auditor.post(f"{address(case)}forslag/", {"reason": "criteria_not_met"}).status_code == 403


def weigh(client: Client, case: Case, **typed: str) -> Any:
    key = hidden(client.get(address(case)), "key")
    return client.post(f"{address(case)}forslag/", {"key": key, **typed})


def test_a_weighed_case_goes_to_an_approver_once(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    key = hidden(officer.get(address(case)), "key")
    typed = {"key": key, "reason": "discretion_granted", "amount": "kr 60.000,-", "text": "Stengt i mai."}
    typed |= {"why_revenue_drop": "just_outside", "past_revenue_drop": "Det mangler lite."}
    first = officer.post(f"{address(case)}forslag/", typed)
    again = officer.post(f"{address(case)}forslag/", typed)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    with fence(moss.region.moss.tenant.id):
        [line] = ProposalLine.objects.all()
        assert (line.outcome, line.amount_nok, line.reason_text) == ("granted", 60000, "Stengt i mai.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Velg hva du foreslår."),
        (
            {"reason": "discretion_granted", "amount": "60 000"},
            "Skriv med egne ord hvorfor. Forslaget går en annen vei enn reglene alene.",
        ),
        (
            {"reason": "discretion_granted", "amount": "mye", "text": "Fordi"},
            "Skriv beløpet med bare tall, for eksempel 117 400.",
        ),
        (
            {"reason": "criteria_not_met", "amount": "5", "text": "Fordi"},
            "Et avslag kan ikke ha et beløp. La beløpet stå tomt.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    moss: Moss, typed: dict[str, str], sentence: str
) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    page = weigh(officer, case, **typed)
    assert page.status_code == 422
    assert text_of(page).count(sentence) >= 2
    assert f"Sak {case.number}:" not in text_of(page)
    content = page.content.decode()
    assert all(value in content for value in typed.values())
    with fence(moss.region.moss.tenant.id):
        assert not ProposalLine.objects.exists()
        assert Case.objects.get(id=case.id).state == Case.State.OPEN


def test_a_draft_letter_is_a_file_that_says_it_is_a_draft(moss: Moss) -> None:
    case, officer = moss.case(CAFE), moss.as_("officer")
    declare(officer, case)
    answer = officer.get(f"{address(case)}brev/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF-")


def test_a_case_to_be_weighed_has_no_letter_yet(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    answer = officer.get(f"{address(case)}brev/")
    assert answer.status_code == 422
    assert "Saken må vurderes før vi kan vise et brev." in text_of(answer)


def test_the_decision_letter_can_be_fetched_from_a_decided_case(moss: Moss) -> None:
    decide_as_checked(moss.region.moss)
    case, auditor = moss.case(CAFE), moss.as_("auditor")
    page = auditor.get(address(case))
    assert heading_of(page) == "KAFÉ KANALEN AS får 117 400 kroner"
    assert "Slik saken var da vedtaket ble fattet" in text_of(page)
    papers = auditor.get(f"{address(case)}dokumenter/")
    found = [part for part in papers.content.decode().split('"') if "/dokument/" in part]
    letters = [auditor.get(url) for url in found]
    assert letters
    assert all(answer.content.startswith(b"%PDF-") for answer in letters)
    assert all(answer["Content-Disposition"].startswith("attachment") for answer in letters)
    assert auditor.get(f"{address(moss.case(PIZZA))}dokument/{found[0].split('/')[-2]}/").status_code == 404


def test_a_case_of_another_municipality_is_not_found(moss: Moss) -> None:
    case = moss.case(CAFE)
    horten = moss.sign_in(moss.region.horten.staff["auditor"])
    assert horten.get(f"/horten/saker/{case.id}/").status_code == 404


def test_an_officer_takes_a_case_and_puts_it_back(moss: Moss) -> None:
    case, officer = moss.case(PIZZA), moss.as_("officer")
    declare(officer, case)
    officer.post(f"{address(case)}tildel/")
    assert "Ansvarlig: Ida Lunde" in text_of(officer.get(address(case)))
    assert "BAKGÅRDEN PIZZA AS" in text_of(officer.get("/moss/saker/", {"ko": "vurderes", "mine": "ja"}))
    officer.post(f"{address(case)}tildel/", {"to": "nobody"})
    assert "Ansvarlig:" not in text_of(officer.get(address(case)))
