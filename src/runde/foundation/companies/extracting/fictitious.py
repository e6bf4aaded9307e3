"""An extract of made-up companies, for trying the what-if before any register is read in."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from runde.engine.whatif import NotAnExtract, open_register
from runde.engine.whatif.extract import LAYOUT, MADE_UP
from runde.foundation.companies.synthesis.make_units import SynthesisOrder
from runde.foundation.companies.synthesis.write_register import write_register

from .from_file import extract_of_file

AS_MEASURED = date(2026, 5, 28)
"""The day the register's proportions were measured; see the synthesis."""
SEED = 1


def fictitious_extract(folder: Path, count: int) -> Path:
    """An extract with `count` made-up companies in the country's proportions; kept in the folder for next time.

    Raises OSError when it cannot be written.
    """
    path = folder / f"made-up-{LAYOUT.rsplit('/', 1)[1]}-{count}.duckdb"
    if _is_whole(path, count):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".made-up-", dir=folder) as inner:
        rows, unfinished = Path(inner) / "rows.csv", Path(inner) / "extract.duckdb"
        write_register(SynthesisOrder(count, SEED, AS_MEASURED), rows)
        extract_of_file(rows, unfinished, register_date=AS_MEASURED, source=MADE_UP)
        os.replace(unfinished, path)
    return path


def _is_whole(path: Path, count: int) -> bool:
    try:
        with open_register(path) as register:
            return register.companies == count
    except (FileNotFoundError, NotAnExtract):
        return False
