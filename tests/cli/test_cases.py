"""`runde case replay`: what it says, and how it ends."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from runde.cli import cases as command
from runde.cli.main import app
from runde.foundation.trust.api import fence
from runde.grants.casework import api as casework
from runde.grants.casework.domain.snapshot import seal_over
from runde.grants.casework.queries import replay_decision as replaying
from tests.factories import TenantFactory
from tests.grants.casework.conftest import Office, an_office

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["case", *words])


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    monkeypatch.setattr(command, "open_house", lambda: None)


@pytest.fixture
def office(house: None, at: datetime) -> Office:
    tenant = TenantFactory.create(municipality_number="3407", name="Gjøvik kommune", slug="gjovik")
    with fence(tenant.id):
        return an_office(tenant, at)


@pytest.fixture
def decided(office: Office) -> casework.Decision:
    with fence(office.tenant.id):
        [case] = office.green()
        proposal = casework.propose_as_checked(
            case_ids=[case.id], by=office.officer, at=office.at, declares_impartial=True
        )
        casework.approve_proposal(proposal_id=proposal.id, key="k", by=office.approver, at=office.at)
        return casework.Decision.objects.select_related("case").get(case=case)


def test_the_same_result_ends_well(decided: casework.Decision) -> None:
    result = run("replay", decided.case.number)
    assert result.exit_code == 0, result.output
    assert "Samme resultat. Beviset er helt." in result.output
    assert decided.seal in result.output


def test_as_json_by_id_and_municipality(decided: casework.Decision) -> None:
    result = run("replay", str(decided.id), "--tenant", "gjovik", "--json")
    [told] = json.loads(result.output)
    assert (told["same"], told["decision"], told["tenant"]) == (True, str(decided.id), "gjovik")
    assert told["calculated_nok"] == told["decided_nok"].removesuffix(".00")
    assert told["faults"] == told["differences"] == []


def test_what_is_altered_ends_with_one(decided: casework.Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = replaying.replayed

    def tampered(decision: casework.Decision, parts: Any, faults: Any = None) -> Any:
        forged = copy.deepcopy(decision)
        forged.snapshot["verdict"]["amount_nok"] = "999999.00"
        forged.seal = seal_over(forged.snapshot)
        return honest(forged, parts, [])

    monkeypatch.setattr(replaying, "replayed", tampered)
    result = run("replay", decided.case.number)
    assert result.exit_code == 1
    assert "ULIKT: Beregnet tilskudd: 999999.00" in result.output
    assert "IKKE SAMME RESULTAT." in result.output


def test_unknown_undecided_and_foreign_are_told_apart(office: Office, decided: casework.Decision) -> None:
    with fence(office.tenant.id):
        [open_case] = office.green()
    assert run("replay", "26/99999").exit_code == 2
    assert "Fant ingen sak" in run("replay", "26/99999").output
    assert "ikke avgjort" in run("replay", open_case.number).output
    assert "Fant ingen kommune" in run("replay", decided.case.number, "--tenant", "ukjent").output


def test_a_number_two_municipalities_have_asks_for_one(decided: casework.Decision, at: datetime) -> None:
    other = TenantFactory.create(municipality_number="3403", name="Hamar kommune", slug="hamar")
    with fence(other.id):
        second = an_office(other, at)
        [case] = second.green()
        proposal = casework.propose_as_checked(
            case_ids=[case.id], by=second.officer, at=at, declares_impartial=True
        )
        casework.approve_proposal(proposal_id=proposal.id, key="k", by=second.approver, at=at)
    assert case.number == decided.case.number
    result = run("replay", case.number)
    assert result.exit_code == 2
    assert "gjovik, hamar" in result.output
    assert run("replay", case.number, "--tenant", "hamar").exit_code == 0
