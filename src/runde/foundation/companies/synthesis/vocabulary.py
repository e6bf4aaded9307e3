"""Words that fictitious names are put together from, see `data/vocabulary.json`.

The family and place names are built from old Norwegian name parts in pairs.
"""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import product
from typing import Any

_words: dict[str, Any] = json.loads(
    (files(__package__) / "data" / "vocabulary.json").read_text(encoding="utf-8")
)

GIVEN_NAMES: list[str] = _words["given_names"]
NATURE: list[str] = _words["nature"]
PLAIN: list[str] = _words["plain"]
CLUBS: list[str] = _words["clubs"]
STREET_FIRST: list[str] = _words["street_first"]
STREET_LAST: list[str] = _words["street_last"]
TRADES: dict[str, list[str]] = _words["trades"]
"""What a business in each section of SN2007 may call its trade."""

FAMILY_NAMES: list[str] = [
    first + last
    for first, last in product(_words["first_parts"], _words["last_parts"])
    if (first + last).lower() not in _words["taken"] and first[-1].lower() != last[0]
]
