"""A table as a file for a Norwegian spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV with semicolons and a byte order mark. What a spreadsheet would take for a formula is written as text.

    >>> spreadsheet([["navn", "tall"], ["=1+1", "-5,0"]]).decode("utf-8-sig").splitlines()
    ['navn;tall', "'=1+1;-5,0"]
    """
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [_safe(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    if not cell.startswith(STARTS_A_FORMULA) or _is_figure(cell):
        return cell
    return f"'{cell}"


def _is_figure(cell: str) -> bool:
    return cell.lstrip("-").replace(",", "").replace(".", "").isdecimal()
