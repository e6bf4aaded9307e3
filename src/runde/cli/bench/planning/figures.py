"""The what-if's figures, beside NumPy and OpenFisca. Refuses a wrong answer; never fails on time."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from runde.cli.bench.measuring import Figure, side_by_side
from runde.engine.whatif import Design, open_register

from .by_numpy import Found, by_numpy, of_reach
from .by_openfisca import ByOpenFisca
from .by_rules import ByRules
from .columns import Columns, read_columns
from .companies import build_made_up_extract
from .scheme import FORMS, ON, scheme_data

PASSES = 9


def whatif_figures() -> list[Figure]:
    """Reach over 1.1 million companies, against both rivals, and the edits of a session."""
    with tempfile.TemporaryDirectory() as folder:
        extract = build_made_up_extract(Path(folder))
        design = Design.from_dict(scheme_data())
        columns = read_columns(extract, design, FORMS)
        expected = by_numpy(columns)
        return [
            *_edits(extract),
            _beside_numpy(extract, design, columns, expected),
            *_beside_openfisca(extract, design, columns, expected),
        ]


def _beside_numpy(extract: Path, design: Design, columns: Columns, expected: Found) -> Figure:
    with open_register(extract) as register:
        found = of_reach(register.reach(design, ON))
        if found != expected:
            raise AssertionError(
                f"the what-if says {found.lanes}, {found.cost_nok}; NumPy {expected.lanes}, {expected.cost_nok}"
            )
        ours, rival = side_by_side(
            lambda: register.reach(design, ON), lambda: by_numpy(columns), passes=PASSES
        )
    met = ours <= 3 * rival
    return Figure("whatif-reach-1.1M", ours * 1000, "ms", ours / rival, "hand-written NumPy", "≤ 3×", met)


def _beside_openfisca(extract: Path, design: Design, columns: Columns, expected: Found) -> Iterator[Figure]:
    """Eligible and amount, with every input in place beforehand on both sides. Its answer is only near."""
    rules = ByRules(extract, design)
    if rules.judge() != (expected.lanes[0], Decimal(expected.cost_nok)):
        raise AssertionError(f"the rules say {rules.judge()}, NumPy {expected.lanes[0]}, {expected.cost_nok}")
    for text, target in ((True, "≤ 0.20×"), (False, "")):
        other = ByOpenFisca(columns, text=text)
        eligible, total = other.judge()
        ours, rival = side_by_side(rules.judge, other.judge, passes=PASSES)
        name = "codes as the register's text" if text else "codes made numbers beforehand"
        met = 5 * ours <= rival if text else None
        yield Figure(
            "eligible-amount-1.1M", ours * 1000, "ms", ours / rival, f"OpenFisca-core, {name}", target, met
        )
    rules.close()
    off, companies = abs(total - expected.cost_nok), abs(eligible - expected.lanes[0])
    yield Figure(
        "openfisca-off-by", off, "kroner", off / expected.cost_nok, f"the exact sum; {companies} companies"
    )


def _edits(extract: Path) -> Iterator[Figure]:
    """A session of edits, one value at a time, in a process that does nothing else."""
    command = [sys.executable, "-m", "runde.cli.bench.planning.edits", str(extract)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    found = json.loads(done.stdout)
    median, peak = found["median_ms"], found["peak_mb"]
    first = f"the first, {found['first_ms']:.0f} ms; worst of {found['edits']} {found['worst_ms']:.0f} ms"
    yield Figure(
        "whatif-edit-median", median, "ms", median / found["first_ms"], first, "≤ 200 ms", median <= 200
    )
    yield Figure("whatif-peak-memory", peak, "MB", peak / 500, "500 MB", "≤ 500 MB", peak <= 500)
