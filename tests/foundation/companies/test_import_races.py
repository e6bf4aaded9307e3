"""Imports side by side, each with its own connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connections

from runde.foundation.companies.models import Company, Import

from .conftest import Importing
from .files import csv_text, unit, write


def test_two_imports_at_once_wait_for_each_other(
    fresh_database: str, tmp_path: Path, importing: Importing
) -> None:
    def side_by_side(path: Path) -> int:
        try:
            return importing(path).imported
        finally:
            connections.close_all()

    content = csv_text(unit(n) for n in range(300))
    paths = [write(tmp_path / name, content) for name in ("a.csv", "b.csv.gz", "c.csv")]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(side_by_side, paths)) == [300, 300, 300]
    assert Company.objects.count() == 300
    assert Import.objects.count() == 2  # a and c are the same file
