"""Reading the business register in, beside only reading the same file through; and looking a company up in it."""

from __future__ import annotations

import csv
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from runde.foundation.companies.api import (
    SynthesisOrder,
    import_register,
    search_companies,
    write_register,
)

from .measuring import Figure, seconds

UNITS = 100_000
DAY = date(2026, 5, 28)
SEARCHES = ("kafé", "frisor", "bryggen resturant")


def register_import() -> list[Figure]:
    """A made-up register of 100 000 units into the database, then searches in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "oppdiktet.csv.gz"
        write_register(SynthesisOrder(UNITS, 1, DAY, "SN2025", {}), path)
        read_only = _seconds_to_read(path)
        started = time.perf_counter()
        result = import_register(path, register_date=DAY, at=datetime.now(UTC))
        taken = time.perf_counter() - started
    if result.imported != UNITS:
        raise AssertionError(f"{result.imported} of {UNITS} were imported")
    rate = Figure("register-import", UNITS / taken, "rows per second", read_only / taken, "csv.reader alone")
    return [rate, *_searches()]


def _searches() -> list[Figure]:
    exact = seconds(lambda: search_companies("311000004"))
    figures = []
    for words in SEARCHES:
        taken = seconds(lambda words=words: search_companies(words))  # type: ignore[misc]
        figures.append(Figure(f"search «{words}»", taken * 1000, "ms in 100 000", taken / exact, "by number"))
    return figures


def _seconds_to_read(path: Path) -> float:
    import gzip

    started = time.perf_counter()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - started
