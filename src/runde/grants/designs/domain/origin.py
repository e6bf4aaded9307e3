"""Where a draft comes from, kept for ever as plain data.

`{"kind": "blank" | "example" | "version" | "shelf" | "file", "date", …}`; an example has "example"; a version
"scheme", "name", "number", "version", "digest"; the shelf the same and "municipality", "municipality_number" and
"shared"; a file "file_digest" and what the file itself says of "scheme".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from runde.engine.reference.api import date_text


def origin_sentence(origin: Mapping[str, Any]) -> str:
    """One sentence for the adviser: "Kopiert fra Lillestrøm kommune, versjon 2 av «…», 3. mars 2026."."""
    when = date_text(date.fromisoformat(origin["date"]), "nb")
    match origin["kind"]:
        case "shelf":
            return f"Kopiert fra {origin['municipality']}, versjon {origin['number']} av «{origin['name']}», {when}."
        case "version":
            return f"Laget fra versjon {origin['number']} av «{origin['name']}», {when}."
        case "example":
            return f"Laget fra eksempelet «{origin['name']}», {when}."
        case "file":
            return f"Lest inn fra fil, {when}."
    return f"Laget uten forelegg, {when}."
