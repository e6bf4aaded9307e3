"""`runde payments reconcile`: what it says, how it ends, and that the same file again changes nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from runde.cli import payments as command
from runde.cli.main import app
from runde.foundation.trust.api import fence
from runde.grants.payments import api as payments
from runde.grants.payments.models import Payment
from tests.engine.bank.answers import status, status_file
from tests.grants.payments.conftest import Town, build_town, found_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, at: datetime) -> Town:
    settings.MANIFESTS = tmp_path / "manifests"
    monkeypatch.setattr(command, "open_house", lambda: None)
    tenant_id = found_municipality()
    with fence(tenant_id):
        town = build_town(at)
        town.decide(150, 200)
        batch = town.prepare()
        town.approve(batch)
        payments.mark_sent(batch_id=batch.id, by=town.actors["kari"], at=at)
    return town


def answer(town: Town, folder: Path, reason: str = "AC04") -> Path:
    with fence(town.tenant_id):
        first, second = Payment.objects.order_by("reference")
        message = payments.BankFile.objects.get().message_id
    file = folder / "svar.xml"
    said = (status(first.reference, reason=reason), status(second.reference, "ACSC", ""))
    file.write_bytes(status_file(*said, message=message))
    return file


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["payments", "reconcile", *words])


def test_what_needs_a_person_ends_with_one(town: Town, tmp_path: Path) -> None:
    result = run(str(answer(town, tmp_path)), "--json")
    assert result.exit_code == 1, result.output
    told = json.loads(result.output)
    assert (told["format"], told["new"]) == ("pain.002.001.03", {"paid": 1, "rejected": 1})
    assert [(one["kind"], one["reason"], one["line"]) for one in told["exceptions"]] == [
        ("rejected", "AC04", 7)
    ]


def test_the_same_file_again_changes_nothing(town: Town, tmp_path: Path) -> None:
    file = answer(town, tmp_path)
    run(str(file))
    again = run(str(file))
    assert "Denne filen er allerede lest. Ingenting er endret." in again.output
    with fence(town.tenant_id):
        assert Payment.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<Document>\n<a>\n</Document>", "Linje 3: filen er ikke hel XML"),
        (status_file(message="RUNDE-311111111-000001"), "som ikke er laget her"),
    ],
)
def test_a_wrong_file_ends_with_two_and_its_line(
    town: Town, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "feil.xml"
    file.write_bytes(content)
    result = run(str(file))
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_who_is_named_must_be_finance(town: Town, tmp_path: Path) -> None:
    file = str(answer(town, tmp_path))
    assert "Fant ingen person" in run(file, "--by", "ingen@runde.example").stderr
    assert run(str(tmp_path / "mangler.xml")).exit_code == 2
    assert "Fant ingen kommune" in run(file, "--tenant", "ingensteds").stderr
