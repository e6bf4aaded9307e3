"""The export, and the verifier that needs nothing but Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from runde.foundation.journal import api as journal

from .conftest import write_all, write_events

VERIFIER = Path(__file__).resolve().parents[3] / "tools" / "verify_journal.py"


@pytest.fixture
def exports(ground: str, tmp_path: Path) -> dict[UUID, Path]:
    tenants = [uuid4(), uuid4()]
    write_all(tenants)
    write_events(tenants[0], 2, chain=journal.Chain.READINGS)
    return {tenant: written(tenant, tmp_path / f"{tenant}.jsonl") for tenant in tenants}


def written(tenant: UUID, path: Path) -> Path:
    path.write_text("".join(line + "\n" for line in journal.export_lines(tenant)), encoding="utf-8")
    return path


def run_verifier(*arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """As an auditor would: another process, without this project's packages."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), "--json", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else []


def test_the_verifier_gives_the_same_head(exports: dict[UUID, Path], outside: Path) -> None:
    code, results = run_verifier(*exports.values(), "--heads", outside / "heads.jsonl")
    assert code == 0
    found = {(one["tenant"], one["chain"]): one["head"] for one in results}
    ours = [report for tenant in exports for report in journal.verify(tenant)]
    assert found == {(one.tenant, one.chain): one.head.hex() for one in ours}


def change(path: Path, number: int, **fields: Any) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **fields})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_changed_export_is_found(exports: dict[UUID, Path]) -> None:
    path = next(iter(exports.values()))
    change(path, 3, action="other")
    code, results = run_verifier(path)
    assert code == 1
    assert results[0]["fault"] == "event 3 has been changed"


def test_a_shortened_export_is_found_by_the_others(exports: dict[UUID, Path]) -> None:
    first, second = exports.values()
    lines = second.read_text(encoding="utf-8").splitlines()
    second.write_text("\n".join(lines[:4]) + "\n", encoding="utf-8")
    assert run_verifier(second)[0] == 0
    code, results = run_verifier(first, second)
    assert code == 1
    assert [one["fault"] for one in results if one["fault"]] == [
        f"ends with event 3, but the journal of {next(iter(exports))} has seen 5"
    ]


@pytest.mark.parametrize(
    "content", ["", "no json", '{"runde_journal": 2}', '{"runde_journal": 1, "tenant": "t"}\n[]']
)
def test_what_is_no_export_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "strange.jsonl"
    path.write_text(content, encoding="utf-8")
    assert run_verifier(path)[0] == 2


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert run_verifier(tmp_path / "none.jsonl")[0] == 2
