"""A table as a file for a Norwegian spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FIGURE = re.compile(r"-?[0-9][0-9 ]*([.,][0-9]+)?")
AS_TYPED = str.maketrans({"\u00a0": " ", "\u202f": " "})


def spreadsheet(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV with semicolons and a byte order mark: plain spaces, a plain minus, and no text that starts a formula.

    >>> spreadsheet([["navn", "tall"], ["=1+1", "\u2212 5,0"], ["-", "\u22125,0"]]).decode("utf-8-sig").splitlines()
    ['navn;tall', "'=1+1;'- 5,0", "'-;-5,0"]
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """As a spreadsheet reads it."""
    typed = text.translate(AS_TYPED)
    typed = f"-{typed[1:]}" if typed.startswith("\u2212") else typed
    return f"'{typed}" if typed.startswith(FORMULA) and not FIGURE.fullmatch(typed) else typed
