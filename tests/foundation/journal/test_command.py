"""`runde journal` from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from runde.cli import journal as command
from runde.foundation.journal import api as journal
from runde.foundation.organisations.api import Kind, Organisation, register_organisation

from .conftest import as_superuser, write_events


@pytest.fixture
def tenant(ground: str, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """The command's database is the test's own."""
    monkeypatch.setattr(command, "open_house", lambda: None)
    found = register_organisation(
        kind=Kind.MUNICIPALITY, name="Gjøvik kommune", slug="gjovik", is_tenant=True
    )
    write_events(found.id, 3)
    return found


def run(*words: str) -> Any:
    return CliRunner().invoke(command.app, list(words))


def test_verify_says_that_all_is_well(tenant: Organisation) -> None:
    done = run("verify", "--tenant", "gjovik")
    assert done.exit_code == 0
    assert "Gjøvik kommune, events:" in done.stdout
    assert "i orden" in done.stdout


def test_verify_answers_in_json(tenant: Organisation) -> None:
    answer = json.loads(run("verify", "--tenant", "gjovik", "--json").stdout)
    assert answer["holds"] is True
    assert answer["chains"][0]["rows"] == answer["rows"]


def test_verify_fails_when_something_is_wrong(tenant: Organisation, ground: str) -> None:
    statement = f"UPDATE journal_event SET action = 'x' WHERE tenant_id = '{tenant.id}' AND seq = 2"
    as_superuser(ground, statement)
    done = run("verify", "--tenant", "gjovik")
    assert done.exit_code == 1
    assert "IKKE I ORDEN" in done.stdout
    assert "Hendelse 2 er endret" in done.stdout
    as_superuser(ground, statement.replace("'x'", "'test.done'"))


def test_an_unknown_tenant_is_said_to_be_unknown(tenant: Organisation) -> None:
    done = run("verify", "--tenant", "nowhere")
    assert done.exit_code == 2
    assert "Fant ingen kommune" in done.stderr


def test_export_writes_the_journal(tenant: Organisation, tmp_path: Path) -> None:
    out = tmp_path / "gjovik.jsonl"
    assert run("export", "gjovik", "--out", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8").splitlines() == list(journal.export_lines(tenant.id))
    assert run("export", "gjovik").stdout.splitlines() == list(journal.export_lines(tenant.id))


def test_export_to_a_place_that_cannot_be_written(tenant: Organisation, tmp_path: Path) -> None:
    done = run("export", "gjovik", "--out", str(tmp_path / "none" / "x.jsonl"))
    assert done.exit_code == 2
    assert "Kunne ikke skrive" in done.stderr


def test_witness_writes_heads_down(tenant: Organisation) -> None:
    assert run("witness").exit_code == 0
    assert "Journalene er bevitnet" in run("verify", "--tenant", "gjovik").stdout


def test_an_old_witness_deserves_a_word(tenant: Organisation) -> None:
    journal.witness([tenant.id], at=datetime(2026, 1, 1, tzinfo=UTC))
    assert "timer siden" in run("verify", "--tenant", "gjovik").stdout
