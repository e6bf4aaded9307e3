"""What a press on the draft's page costs: for the own municipality, as the page opens, and for the whole country."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from runde.cli.bench.measuring import Figure

from .setting import copied_scheme, whole_country

SCOPES = {"kommune": "own municipality", "landet": "whole register"}
TARGET_MS, TARGET_MB = 200, 500


def page_edits() -> list[Figure]:
    """Server time from a press to figures at 1.1 million companies, and the memory it takes. Never fails on time."""
    at = datetime.now(UTC)
    draft = copied_scheme(at)
    with whole_country(at):
        command = [sys.executable, "-m", "runde.cli.bench.editing.session", str(draft.id)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return list(_figures(json.loads(done.stdout)))


def _figures(found: dict[str, Any]) -> Iterator[Figure]:
    for scope, words in SCOPES.items():
        median, slow = found[scope]["median_ms"], found[scope]["p95_ms"]
        against = f"{TARGET_MS} ms; 95 of 100 within {slow:.0f} ms, {found[scope]['statements']} statements"
        yield Figure(
            f"page-edit-1.1M, {words}",
            median,
            "ms",
            median / TARGET_MS,
            against,
            f"≤ {TARGET_MS} ms",
            median <= TARGET_MS,
        )
    yield Figure("page-open-1.1M", found["opened_ms"], "ms", found["opened_ms"] / median, "an edit")
    peak = found["peak_mb"]
    yield Figure(
        "page-peak-memory", peak, "MB", peak / TARGET_MB, "500 MB", f"≤ {TARGET_MB} MB", peak <= TARGET_MB
    )
