"""The slices of the proofs: the same programmes as `runde prove`, small. Each has a database server of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from runde.cli.proofs.programme import PROOFS
from tests import database

pytestmark = pytest.mark.proof
LONGEST_SECONDS = 280


@pytest.mark.parametrize("name", PROOFS)
def test_the_slice_holds(name: str) -> None:
    n = PROOFS[name].slice_n
    command = [sys.executable, "-W", "ignore", "-m", "runde.cli.proofs", name, f"--n={n}", "--json"]
    environment = {
        key: value for key, value in os.environ.items() if key not in ("RUNDE_VAR", "DATABASE_URL")
    }
    environment["RUNDE_KEPT_CLUSTER"] = str(database._kept_cluster())
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_SECONDS,
    )
    assert done.stdout, done.stderr
    outcome = json.loads(done.stdout.splitlines()[-1])
    assert outcome["failures"] == []
    assert (outcome["name"], outcome["n"], outcome["seed"], done.returncode) == (name, n, 1, 0)
