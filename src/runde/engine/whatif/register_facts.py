"""What every extract holds, as facts: what an earmark may speak of though the rules do not."""

from __future__ import annotations

from collections.abc import Mapping

from runde.engine.rules import Fact
from runde.engine.whatif.extract import FACT_COLUMNS

_TYPES = {
    "VARCHAR": "text",
    "INTEGER": "integer",
    "SMALLINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
}

REGISTER_FACTS: Mapping[str, Fact] = {
    name: Fact(name, _TYPES[column], "register", {"nb": name}) for name, column in FACT_COLUMNS.items()
}
"""Without codes and wording: those belong to the catalogue of whoever writes rules."""
