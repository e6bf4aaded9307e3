"""What a definition may hold as a name, and as texts in the languages."""

from __future__ import annotations

import re
from typing import Any

from runde.engine.reference.api import LANGUAGES

NOT_A_SLUG = "«slug» må være små bokstaver a–z, tall og understrek"
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,59}")


def is_texts(value: Any) -> bool:
    """Whether it is {"nb": …, "nn"?: …, "en"?: …} with bokmål filled in."""
    fine = isinstance(value, dict) and set(value) <= set(LANGUAGES)
    return (
        fine and all(isinstance(text, str) for text in value.values()) and bool(value.get("nb", "").strip())
    )


def is_slug(value: Any) -> bool:
    return isinstance(value, str) and bool(_SLUG.fullmatch(value))
