"""The words casework adds itself, kept as data in three languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from runde.engine.reference.api import LANGUAGES, Language

LISTS = tuple(
    Path(__file__).with_name(name) for name in ("words.json", "appeal_words.json", "change_words.json")
)


def words(key: str, language: str, **slots: str) -> str:
    """The text in the language, with its slots filled. Raises KeyError for an unknown key."""
    return in_language(_all()[key], language).format_map(slots)


def letter_words(language: str) -> dict[str, str]:
    """Every text a letter may be written with, in the language, slots and all; not what only mails say."""
    mails = ("told_", "subject_", "notice_", "header")
    return {key: in_language(texts, language) for key, texts in _all().items() if not key.startswith(mails)}


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in the language, in bokmål where it is not translated."""
    return texts.get(language) or texts["nb"]


def as_language(code: str) -> Language:
    """A stored language code as one we write; bokmål for anything else."""
    return code if code in LANGUAGES else "nb"


@cache
def _all() -> dict[str, Any]:
    """Every list is one: a key stands in one of them."""
    content: dict[str, Any] = {}
    for path in LISTS:
        content |= json.loads(path.read_text(encoding="utf-8"))
    return content
