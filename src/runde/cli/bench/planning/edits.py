"""An adviser's edits in a process of its own, so that its memory is all that is measured.

Run as `python -m runde.cli.bench.planning.edits EXTRACT`; writes one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from runde.cli.bench.measuring import peak_mb
from runde.engine.whatif import Design, open_register

from .scheme import ON, scheme_data

EDITS = 25
REVENUES = tuple(str(250_000 + 5_000 * step) for step in range(EDITS))
DROPS = tuple(f"0.{20 + step}" for step in range(EDITS))


def main() -> None:
    with open_register(Path(sys.argv[1])) as register:
        started = time.perf_counter()
        register.reach(Design.from_dict(scheme_data()), ON)
        first = time.perf_counter() - started
        taken = [_edit(register, **change) for change in _changes()]
    found = {
        "first_ms": first * 1000,
        "median_ms": statistics.median(taken) * 1000,
        "worst_ms": max(taken) * 1000,
        "edits": len(taken),
        "peak_mb": peak_mb(),
    }
    sys.stdout.write(json.dumps(found))


def _changes() -> list[dict[str, str]]:
    """One value at a time, of a threshold and of the calculation in turn; never the same twice."""
    changes: list[dict[str, str]] = []
    for revenue, drop in zip(REVENUES, DROPS, strict=True):
        changes += [{"smallest_revenue": revenue}, {"required_drop": drop}]
    return changes


def _edit(register: Any, **change: str) -> float:
    """The whole of what the server does: read the draft, check it, count."""
    data = scheme_data(**change)
    started = time.perf_counter()
    register.reach(Design.from_dict(data), ON)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
