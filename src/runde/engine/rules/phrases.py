"""The words of generated sentences, as data: phrases.json."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from runde.engine.rules.ruleset import Texts


@cache
def phrases() -> Mapping[str, Any]:
    """Frames, limits and whole sentences, by name and language."""
    text = resources.files("runde.engine.rules").joinpath("phrases.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def limit_texts(kind: str) -> Texts:
    """ "minst {threshold}" and its translations, for a kind of limit; empty where there is none."""
    texts: Texts = phrases()["limits"].get(kind, {})
    return texts
