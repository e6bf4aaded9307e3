"""Ready-made plans for the example schemes, as data: assumptions, take-up and sources."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

EXAMPLES = ("smittevern",)


def load_example_plan(name: str) -> dict[str, Any]:
    """The keys "assumptions", "take_up" and "sources" of an example scheme, as `Design.from_dict` reads them.

    Raises KeyError for a name that is not in EXAMPLES.
    """
    if name not in EXAMPLES:
        raise KeyError(name)
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    plan: dict[str, Any] = json.loads(text)
    return plan
