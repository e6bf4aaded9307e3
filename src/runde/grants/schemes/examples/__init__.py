"""Ready-made schemes, as data: texts, form and legal basis. Their rules lie in `engine.rules`."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

EXAMPLES = ("smittevern",)


def load_scheme(slug: str) -> dict[str, Any]:
    """{"texts", "form", "legal_basis"} with `{municipality}` where its name belongs. Raises KeyError."""
    if slug not in EXAMPLES:
        raise KeyError(slug)
    text = resources.files(__package__).joinpath(f"{slug}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
