"""Texts that are data, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def chosen(texts: Mapping[str, Any], name: str, language: str) -> str:
    """`texts[name]` in the language, in bokmål when it lacks, empty when there is none."""
    given = texts.get(name) or {}
    return str(given.get(language) or given.get("nb", ""))


def chosen_list(texts: Mapping[str, Any], name: str, language: str) -> list[str]:
    """The same for a list of texts."""
    return [str(one.get(language) or one.get("nb", "")) for one in texts.get(name) or ()]
