"""The page for what the bank answers: the exceptions, the same file twice, a wrong file, a receipt by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from runde.foundation.trust.api import fence
from runde.grants.payments.api import BankAnswer, BankFile, Payment
from tests.engine.bank.answers import status, status_file, whole
from tests.web.finance.test_paying import approve, prepare
from tests.web.officer.conftest import Moss
from tests.web.pages import heading_of, hidden, text_of

pytestmark = pytest.mark.django_db
BANK = "/moss/betaling/bank/"


@pytest.fixture(autouse=True)
def outside(settings: Settings, tmp_path: Path) -> None:
    settings.MANIFESTS = tmp_path / "manifests"


@pytest.fixture
def sent(moss: Moss) -> tuple[Client, str, list[Payment]]:
    """Four payments at the bank: who reads, the file's message id, the payments."""
    solveig, tor = moss.as_("finance"), moss.as_("second_finance")
    url = prepare(solveig)
    approve(tor, url)
    solveig.post(f"{url}sendt/", {"key": hidden(solveig.get(f"{url}sendt/"), "key")})
    with fence(moss.region.moss.tenant.id):
        return solveig, BankFile.objects.get().message_id, list(Payment.objects.order_by("reference"))


def read(client: Client, content: bytes) -> Any:
    return client.post(BANK, {"fil": SimpleUploadedFile("svar.xml", content)}, follow=True)


def test_only_what_needs_a_person_is_shown(sent: tuple[Client, str, list[Payment]]) -> None:
    solveig, message, (first, *rest) = sent
    before = solveig.get(BANK)
    assert heading_of(before) == "0 av 4 er betalt. Resten venter på svar fra banken."
    paid = [status(one.reference, "ACSC", "") for one in rest]
    page = read(solveig, status_file(status(first.reference), *paid, message=message))
    assert heading_of(page) == "3 av 4 er betalt. 1 trenger deg."
    text = text_of(page)
    assert "Banken avviste betalingen fordi kontoen er avsluttet." in text
    assert "Be om nytt kontonummer. Mottakeren har fått e-post om det." in text
    assert "1 betaling er avvist, 3 betalinger er betalt." in text


def test_all_paid_is_one_sentence(sent: tuple[Client, str, list[Payment]]) -> None:
    solveig, message, _ = sent
    page = read(solveig, status_file(group=whole("ACSC"), message=message))
    assert heading_of(page) == "Alt er betalt: 4 av 4"
    assert "Alle tre er like" in text_of(page)
    assert "Trenger deg" not in text_of(page)


def test_the_same_file_again_changes_nothing(sent: tuple[Client, str, list[Payment]]) -> None:
    solveig, message, (first, *_) = sent
    content = status_file(status(first.reference), message=message)
    read(solveig, content)
    again = text_of(read(solveig, content))
    assert "Denne filen er allerede lest" in again
    assert "Ingenting er endret." in again


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Velg filen du har hentet fra banken."),
        (b"dato;belop", "Linje 1: filen er ikke hel XML"),
        (status_file(message="RUNDE-311111111-000001"), "som ikke er laget her"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    sent: tuple[Client, str, list[Payment]], content: bytes, sentence: str
) -> None:
    page = read(sent[0], content)
    assert page.status_code == 422
    assert sentence in text_of(page)


def test_an_odd_answer_is_cleared_up_with_a_reason(
    sent: tuple[Client, str, list[Payment]], moss: Moss
) -> None:
    solveig, message, (first, *_) = sent
    read(solveig, status_file(status(first.reference), message=message))
    with fence(moss.region.moss.tenant.id):
        url = f"{BANK}svar/{BankAnswer.objects.get().id}/"
    assert "Skriv hva du har funnet ut." in text_of(solveig.post(url, {"why": " "}))
    assert solveig.post(url, {"why": "Banken har åpnet kontoen igjen."})["Location"] == BANK
    assert solveig.get(url)["Location"] == BANK
    assert moss.as_("approver").get(url).status_code == 403


def test_a_receipt_by_hand(sent: tuple[Client, str, list[Payment]]) -> None:
    solveig, _, (first, *_) = sent
    url = f"{BANK}betaling/{first.id}/"
    key = hidden(solveig.get(url), "key")
    wrong = text_of(solveig.post(url, {"key": key, "day": "i går"}))
    assert "Velg hva banken har sagt." in wrong
    assert "Skriv dagen som dag, måned og år" in wrong
    assert "Skriv hvordan du vet det." in wrong
    told = {"key": key, "kind": "returned", "reason": "AC04", "note": "Ringte banken."}
    page = solveig.post(url, told, follow=True)
    assert "Pengene kom tilbake fordi kontoen er avsluttet." in text_of(page)
    assert solveig.get(url).status_code == 404


def test_an_auditor_sees_but_does_not_read(sent: tuple[Client, str, list[Payment]], moss: Moss) -> None:
    auditor = moss.as_("auditor")
    assert "Les svar fra banken" not in text_of(auditor.get(BANK))
    assert read(auditor, b"<a/>").status_code == 403
