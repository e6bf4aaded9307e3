"""`runde audit` from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from runde.cli import audit as command

from .conftest import Round


@pytest.fixture(autouse=True)
def here(finished: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "open_house", lambda: None)


def run(*words: str) -> Any:
    return CliRunner().invoke(command.app, list(words))


def test_all_is_well(finished: Round) -> None:
    done = run()
    assert done.exit_code == 0
    assert "Alt stemmer." in done.stdout


def test_the_answer_in_json(finished: Round) -> None:
    answer = json.loads(run("--json").stdout)
    assert (answer["holds"], answer["findings"], answer["shown"]) == (True, 0, [])
    assert answer["checks"] >= 20


def test_a_finding_ends_with_one_and_says_what(finished: Round) -> None:
    wrong = "UPDATE trust_counter SET value = value + {} WHERE kind = 'payment'"
    with finished.superuser() as connection:
        connection.execute(wrong.format(1))
    done, answer = run(), json.loads(run("--json").stdout)
    with finished.superuser() as connection:
        connection.execute(wrong.format(-1))
    assert done.exit_code == 1
    assert "✗ Betalingsreferansene har ingen hull" in done.stdout
    assert answer["by_check"] == {"payment_numbers_whole": 1}
